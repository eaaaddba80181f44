// The box to ask with: a field for words, and a list of the products that fit what is being typed (an ARIA combobox).
//
// Streamlit draws it as two components. The field's questions run the whole page. The finder, which shows nothing, lies
// in a fragment of its own, so that a letter runs nothing else. Both are this module, which the browser loads once:
// they meet in `finder` and `field`. No text from outside becomes HTML.

const SHORTEST = 2 // letters of a draft for which products are found
const REST = 200 // milliseconds without a letter, after which a draft is sent
const HIGHEST = 460 // pixels of the list

const fields = new WeakMap() // by the root that a field is drawn in
const finder = { ask: null, answer: null }
let field = null // the one on the page

export default ({ name, data, parentElement, setStateValue, setTriggerValue }) => {
  if (name === "box_finder") {
    finder.ask = (draft) => setStateValue("draft", draft)
    finder.answer = data
    field?.list()
    return
  }
  if (!fields.has(parentElement)) fields.set(parentElement, made(parentElement))
  field = fields.get(parentElement)
  field.take(data, setTriggerValue)
}

const moved = () => field?.place()
addEventListener("scroll", moved, true)
addEventListener("resize", moved)
visualViewport.addEventListener("resize", moved)

function made(root) {
  const [input, clear, listbox] = ["input", "button", "ul"].map((tag) => root.querySelector(tag))
  const status = root.querySelector("[role=status]")
  const template = root.querySelector("template").content.firstElementChild
  const known = {} // words and turn that the app said last
  let send = null
  let typed = false // whether the visitor changed the text since it was shown or sent
  let wanted = null // the draft whose products are to be listed; null while the list is to stay closed
  let listed = null // the answer that is in the list
  let active = -1 // the option that Enter chooses; -1 for the words themselves
  let timer = null

  const draft = () => input.value.trim()
  const isOpen = () => listbox.matches(":popover-open")

  function show(text) {
    input.value = text
    typed = false
    clear.hidden = !text
  }

  function want() {
    if (!input.isConnected) return
    wanted = draft()
    if (finder.answer?.draft === wanted) list()
    else finder.ask?.(wanted)
  }

  function list() {
    const answer = finder.answer
    if (wanted === null || answer?.draft !== wanted) return // an answer to an older draft, or one that came too late
    if (answer === listed && isOpen()) return // said anew for another theme
    listed = answer
    listbox.replaceChildren(...answer.offers.map(option))
    activate(-1)
    const number = answer.offers.length
    status.textContent = number === 1 ? "1 product fits" : `${number || "No"} products fit`
    if (!number) return hide()
    if (!isOpen()) listbox.showPopover()
    input.setAttribute("aria-expanded", "true")
    place()
  }

  function option({ id, name, label, picture }, place) {
    const item = template.cloneNode(true)
    item.id = `fitting-${place}`
    item.dataset.id = id
    item.querySelector(".name").textContent = name
    item.querySelector(".id").textContent = label
    if (picture) item.querySelector("img").src = picture
    else item.querySelector("img").remove()
    return item
  }

  function place() {
    if (!isOpen()) return
    const { left, bottom, width } = input.getBoundingClientRect()
    const room = visualViewport.offsetTop + visualViewport.height - bottom - 12 // a phone's keyboard takes some
    const maxHeight = Math.max(HIGHEST / 3, Math.min(HIGHEST, room))
    const pixels = { left, top: bottom + 4, width, maxHeight }
    for (const [name, value] of Object.entries(pixels)) listbox.style[name] = `${value}px`
  }

  function hide() {
    if (isOpen()) listbox.hidePopover()
    input.setAttribute("aria-expanded", "false")
    activate(-1)
  }

  function close() {
    clearTimeout(timer)
    wanted = null
    status.textContent = ""
    hide()
  }

  function empty() {
    close()
    show("")
  }

  function activate(next) {
    listbox.children[active]?.setAttribute("aria-selected", "false")
    active = next
    const item = listbox.children[active]
    item?.setAttribute("aria-selected", "true")
    item?.scrollIntoView({ block: "nearest" })
    if (item) input.setAttribute("aria-activedescendant", item.id)
    else input.removeAttribute("aria-activedescendant")
  }

  function move(step) {
    const places = listbox.children.length + 1 // and the words themselves
    if (isOpen()) activate(((active + 1 + step + places) % places) - 1)
    else if (draft().length >= SHORTEST) want()
  }

  function ask(event, value) {
    close()
    typed = false
    send(event, value)
    if (matchMedia("(pointer: coarse)").matches) input.blur() // puts a phone's keyboard away
  }

  function choose(item) {
    show(item.querySelector(".name").textContent)
    ask("product", item.dataset.id)
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => (active >= 0 ? choose(listbox.children[active]) : draft() && ask("words", draft())),
    Escape: () => (isOpen() ? close() : empty()),
  }
  input.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    keys[event.key]()
  })
  input.addEventListener("input", () => {
    typed = true
    clear.hidden = !input.value
    clearTimeout(timer)
    wanted = null
    activate(-1)
    if (draft().length < SHORTEST) close()
    else timer = setTimeout(want, REST)
  })
  input.addEventListener("blur", close)
  for (const part of [listbox, clear]) part.addEventListener("mousedown", (event) => event.preventDefault()) // no blur
  listbox.addEventListener("click", (event) => {
    const item = event.target.closest("li")
    if (item) choose(item)
  })
  clear.addEventListener("click", () => {
    empty()
    input.focus()
  })

  // What the app says is shown, unless the visitor is typing something else.
  function take({ words, turn, longest }, setTriggerValue) {
    send = setTriggerValue
    input.maxLength = longest
    if (words === known.words && turn === known.turn) return
    Object.assign(known, { words, turn })
    if (!(typed && root.activeElement === input)) show(words)
  }

  return { list, place, take }
}
