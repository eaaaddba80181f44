"""What a visitor waits for, and how much there is to click, on six journeys through the app in a real browser.

- cold: from the start of the app with an empty cache to five results
- demo: what a stakeholder is shown: statistics, a product, its results, why, compare, back, report
- photo: a photo as a phone takes it, its results, a filter, report; phone: the same on a phone
- own: a catalog is added and searched
- large: from the start of the app to five results of an indexed catalog, another product, a filter

A click is a click, a tap, a key, a typed entry or the choice of a file. Seconds pass until what was wanted is drawn
with its pictures, in sight or below; the journey's are the sum, without pauses in which a visitor looks. A page is
idle when no script runs and nothing has changed for a second; the last change counts. Shift is the largest session
window of layout shifts that follow no input at once, as Chrome defines it, from the first click of a stage until
idle. Where results begin is seen from the top of the page, at both sizes of screen.

Only `steps.py` knows the app's pages: where they change, the steps change, and what is measured stays. Needs Debian's
`chromium` and requirements-dev.txt.
"""
