// The editor of a letter, once it saved itself: what others wrote meanwhile comes in without moving the cursor, the
// remarks and the picture of the sheet follow the text.
import './autosave.js'

const form = document.querySelector('form[data-autosave]')
const alike = (text) => text.replace(/\r\n?/g, '\n').trim()

// Only what differs is replaced: the cursor stays where it is.
function put (field, text) {
  const old = field.value
  let start = 0
  while (start < Math.min(old.length, text.length) && old[start] === text[start]) start++
  let end = 0
  while (end < Math.min(old.length, text.length) - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end++
  field.setRangeText(text.slice(start, text.length - end), start, old.length - end, 'preserve')
}

// A box nobody touched since it was sent shows what stands: what somebody else joined is ticked. A document that came
// after the page has no box here: it is not said to have been seen, so it is never taken out.
function followPieces (sent, standing) {
  const boxes = [...form.querySelectorAll('[name=enclosures]')]
  for (const box of boxes) {
    if (box.checked === sent.includes(box.value)) box.checked = standing.includes(box.value)
  }
  const seen = boxes.map((box) => box.value).filter((value) => standing.includes(value))
  form.elements.base_enclosures.value = seen.join(' ')
}

form?.addEventListener('autosaved', ({ detail: { sent, stands } }) => {
  const names = Object.keys(stands.written)
  const base = (name) => form.elements[`base_${name}`]
  const joined = names.some((name) => alike(sent.get(name)) !== stands.written[name])
  const typing = names.some((name) => form.elements[name].value !== sent.get(name))
  // Typed on since: it began from what was sent, and the next saving puts the rest together.
  for (const name of names) base(name).value = sent.get(name)
  if (!joined || !typing) {
    form.elements.version.value = stands.version
    for (const other of document.querySelectorAll('[data-follows-version]')) other.value = stands.version
  }
  if (joined && !typing) {
    for (const name of names) {
      put(form.elements[name], stands.written[name])
      base(name).value = stands.written[name]
    }
  }
  followPieces(sent.getAll('enclosures'), stands.enclosures)
  for (const place of document.querySelectorAll('[data-remarks]')) place.innerHTML = stands.remarks
  for (const picture of document.querySelectorAll('[data-preview]')) {
    picture.src = `${picture.src.split('?')[0]}?v=${stands.version}`
  }
})
