// Files that a visitor pastes or drops anywhere on the page go to one uploader, as if they had been chosen there: its
// limits, its types and its messages apply.
//
// Streamlit calls the function below again when its data change, and of several calls ends only the last one: so each
// call ends the one before it, and no file is handed on twice.

const PATIENCE = 30_000 // milliseconds that files wait for an uploader that is still to be drawn
const PAUSE = 700 // the longest between two events of a drag that goes on, and some more

let listening = new AbortController()
let waiting = []
let since = 0

export default ({ data, parentElement, setTriggerValue }) => {
    listening.abort()
    const mine = (listening = new AbortController())
    const hint = parentElement.querySelector("[popover]")
    const drawn = new MutationObserver(() => handOver())
    const part = (selector) => document.querySelector(`.${data.uploader} ${selector}`)
    let hiding
    let own = false // what is dragged is of this page itself: the picture of a product, for example

    const handOver = () => {
        const input = part("input[type=file]")
        if (!input) return drawn.observe(document.body, { childList: true, subtree: true })
        drawn.disconnect()
        const files = new DataTransfer()
        if (Date.now() - since < PATIENCE) waiting.forEach((file) => files.items.add(file))
        waiting = []
        if (!files.files.length) return
        input.files = files.files
        input.dispatchEvent(new Event("change", { bubbles: true }))
    }

    const take = (files) => {
        waiting = [...files]
        since = Date.now()
        if (data.asks && !part("input[type=file]")) setTriggerValue("missing", true)
        handOver()
    }

    const paste = (event) => {
        const { files, types } = event.clipboardData
        const text = types.includes("text/plain") && at(event).matches?.(":read-write")
        if (!files.length || text || onUploader(event)) return
        event.preventDefault()
        take(files)
    }

    const drag = (event) => {
        if (own || !event.dataTransfer.types.includes("Files")) return
        if (onUploader(event)) return hide() // which has a hint of its own
        event.preventDefault()
        event.dataTransfer.dropEffect = "copy"
        if (!hint.matches(":popover-open")) hint.showPopover()
        clearTimeout(hiding)
        hiding = setTimeout(hide, PAUSE)
    }

    const drop = (event) => {
        hide()
        if (own || onUploader(event) || !event.dataTransfer.files.length) return
        event.preventDefault()
        const dropzone = part(DROPZONE)
        if (!dropzone) return take(event.dataTransfer.files)
        const { dataTransfer } = event // so that the uploader reads what is in folders, as it does
        dropzone.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }))
    }

    const hide = () => {
        clearTimeout(hiding)
        if (hint.matches(":popover-open")) hint.hidePopover()
    }

    const on = (name, listener) => document.addEventListener(name, listener, { signal: mine.signal })
    on("paste", paste)
    on("dragenter", drag)
    on("dragover", drag)
    on("drop", drop)
    on("dragstart", () => (own = true))
    on("dragend", () => (own = false))
    mine.signal.addEventListener("abort", () => {
        drawn.disconnect()
        hide()
    })
    if (waiting.length) handOver()
    return () => mine.abort()
}

const DROPZONE = '[data-testid="stFileUploaderDropzone"]'

const at = (event) => event.composedPath()[0]

const onUploader = (event) => at(event).closest?.(DROPZONE)
