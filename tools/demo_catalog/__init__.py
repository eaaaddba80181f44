"""Paints the demo catalog: 300 invented products in the layout of the Kaggle data set, and some sample photos.

`python -m tools.demo_catalog` writes what ships: `prodsim/catalog/demo.zip`, beside it the embeddings by `mini`, and
`prodsim/ui/samples/`.
"""
