"""How `mini` is made: from two archives of pictures to the file of weights that ships. The app needs none of this.

`recipe` every number; `splits` who may be learned from; `data` archives to arrays; `augment` and `batches` what is seen
in each step; `network` what learns; `losses` and `objective` what it is judged by; `teacher` who helps at first;
`train` the loop, `muon` its steps; `checkpoint` what a stopped run goes on from; `measure` how it does; `familiarity`
and `strangers` what is not clothing; `export` the shipped file.
"""
