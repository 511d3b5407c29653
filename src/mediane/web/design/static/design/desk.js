// The desk: everything of the public pages, and the selection of several cases.
import './presence.js'
import './public.js'

const bulk = document.querySelector('[data-bulk]')

if (bulk) {
  const all = document.querySelector('[data-pick-all]')
  const label = document.querySelector('[data-pick-all-label]')
  const clear = bulk.querySelector('[data-bulk-clear]')
  const count = bulk.querySelector('[data-bulk-count]')
  const boxes = [...document.querySelectorAll('[data-pick]')]

  function tell () {
    const ticked = boxes.filter((box) => box.checked).length
    bulk.hidden = ticked === 0
    count.textContent = `${ticked} ${ticked > 1 ? bulk.dataset.many : bulk.dataset.one}`
    if (!all) return
    all.checked = ticked > 0 && ticked === boxes.length
    all.indeterminate = ticked > 0 && ticked < boxes.length
  }

  function tickAll (value) {
    boxes.forEach((box) => { box.checked = value })
    tell()
  }

  clear.hidden = false
  clear.addEventListener('click', () => tickAll(false))
  if (label) label.hidden = false
  if (all) all.addEventListener('change', () => tickAll(all.checked))
  boxes.forEach((box) => box.addEventListener('change', tell))
  tell()
}

// Tabs scroll sideways when narrow: the current one is in view.
const current = document.querySelector('.m-tabs [aria-current]')
if (current) current.scrollIntoView({ block: 'nearest', inline: 'nearest' })

// What a panel hides must not be reached under it: it closes once left, by Tab as by a click.
document.addEventListener('focusin', (event) => {
  for (const open of document.querySelectorAll('.m-gestures[open], .m-filter[open]')) {
    if (!open.contains(event.target)) open.open = false
  }
})

// One filter open at a time; a click elsewhere closes it.
document.addEventListener('click', (event) => {
  for (const open of document.querySelectorAll('.m-filter[open]')) {
    if (!open.contains(event.target)) open.open = false
  }
})
