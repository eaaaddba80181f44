// Notes what happens on a page of Streamlit while it happens; `visitor.py` asks for it. Times are `performance.now()`.
(() => {
  const visit = {
    changed: 0, // when anything changed last
    ended: 0, // when a run of the script ended last
    input: 0, // when a visitor did something last
    ran: true, // whether a run of the script began since then
    shifts: [], // [when, value] of layout shifts that do not follow an input at once
  }
  window.visit = visit

  visit.state = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState
  let before
  const change = () => {
    visit.changed = performance.now()
    const now = visit.state()
    if (now === before) return
    if (now === "running") visit.ran = true
    if (now === "notRunning") visit.ended = performance.now()
    before = now
  }
  new MutationObserver(change).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  })
  addEventListener("load", change, true)

  // Two frames later, when all that listens to scrolling has heard of it.
  visit.scrolled = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))

  const act = () => Object.assign(visit, { input: performance.now(), ran: false })
  addEventListener("pointerdown", act, true)
  addEventListener("keydown", act, true)
  addEventListener("change", (event) => event.target.type === "file" && act(), true)

  const note = (entries) => {
    for (const entry of entries) if (!entry.hadRecentInput) visit.shifts.push([entry.startTime, entry.value])
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: "layout-shift", buffered: true })
  visit.takeShifts = () => {
    note(observer.takeRecords())
    return visit.shifts.splice(0)
  }

  const STALE = '[data-stale="true"]' // what a run has not drawn again yet
  const outside = (element) => element.getRootNode().host ?? element // of a component's own part of the page
  const fresh = (element) =>
    element.getClientRects().length && !outside(element).closest(STALE) && !element.querySelector(STALE)
  const text = (element) => (element.matches("input") ? element.value : element.textContent)
  const picture = (element) => (element.tagName === "IMG" ? element : element.querySelector("img"))
  const loaded = (image) => image?.complete && image.naturalWidth > 0
  const roots = () => [document, ...[...document.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean)]
  const all = (css) => roots().flatMap((root) => [...root.querySelectorAll(css)]).filter(fresh)

  // Whether the page has `number` of these, freshly drawn, with `words` in them.
  visit.has = ({ css, words, number }) => all(css).filter((one) => text(one).includes(words)).length >= number

  // Whether `number` of these have their picture; `again`: drawn since the last input.
  visit.hasPictures = ({ css, number, again }) =>
    (visit.ran || !again) && all(css).filter((one) => loaded(picture(one))).length >= number

  // Where the first of their pictures begins, in pixels below the top of the unscrolled page, and how many are in view.
  visit.whereBegin = (css) => {
    const pictures = all(css).map(picture).filter(Boolean)
    const above = (one) => one.parentElement ?? one.getRootNode().host
    for (let one = pictures[0]; one; one = above(one)) one.scrollTop = one.scrollLeft = 0
    const boxes = pictures.map((one) => one.getBoundingClientRect())
    const whole = boxes.filter(
      (box) => box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth,
    )
    return { y: Math.min(...boxes.map((box) => box.top)), whole: whole.length, all: boxes.length }
  }
})()
