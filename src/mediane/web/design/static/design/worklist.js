// The work plan: keys, for whom turned them on; a list taken whole; how far an operation went. All of it also works
// without a script, by links and buttons.
const AGAIN = 1500
const CHORD = 1500

// Keys. Never while somebody writes or chooses, and never with a modifier, which belongs to the browser.
const help = document.querySelector('[data-shortcuts]')

if (help) {
  const links = () => [...document.querySelectorAll('.m-work__name')]
  const isWriting = (target) => target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')
  let chord = 0

  function move (step) {
    const all = links()
    if (!all.length) return
    const row = document.activeElement.closest('tr')
    const at = row ? all.indexOf(row.querySelector('.m-work__name')) : -1
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(at + step, all.length - 1))
    all[next].focus()
    all[next].scrollIntoView({ block: 'nearest' })
  }

  const toggle = () => (help.open ? help.close() : help.showModal())

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    x: () => document.activeElement.closest('tr')?.querySelector('[data-pick]')?.click(),
    '/': () => document.querySelector('#search')?.focus()
  }
  const places = { p: help.dataset.shortcuts, s: `${help.dataset.shortcuts}service/` }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event.target)) return
    const isSecond = performance.now() - chord < CHORD
    chord = 0
    if (event.key === '?') toggle()
    else if (help.open) return
    else if (isSecond && places[event.key]) location.assign(places[event.key])
    else if (event.key === 'g') chord = performance.now()
    else if (keys[event.key]) keys[event.key]()
    else return
    event.preventDefault()
  })
}

// The whole list: the words say how many, and the boxes of this page follow.
const whole = document.querySelector('[data-whole]')

if (whole) {
  whole.addEventListener('change', () => {
    const boxes = [...document.querySelectorAll('[data-pick]')]
    boxes.forEach((box) => { box.checked = whole.checked })
    boxes[0]?.dispatchEvent(new Event('change'))
    if (whole.checked) document.querySelector('[data-bulk-count]').textContent = whole.dataset.whole
  })
  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-pick], [data-pick-all]') && !event.target.checked) whole.checked = false
  })
}

// What goes on is shown as it goes; what has the focus is never taken from under it.
const live = document.querySelector('[data-live]:not([data-live=""])')

if (live) {
  const look = async () => {
    const answer = await fetch(live.dataset.live, { credentials: 'same-origin' }).catch(() => null)
    if (!answer || !answer.ok || answer.redirected) return setTimeout(look, AGAIN * 4)
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const now = fresh.querySelector('[data-live]')
    const goes = now?.dataset.live
    if (!goes && !document.querySelector('main').contains(document.activeElement)) {
      document.querySelector('main').innerHTML = fresh.querySelector('main').innerHTML
      return
    }
    if (now && !live.contains(document.activeElement)) live.innerHTML = now.innerHTML
    if (goes) setTimeout(look, AGAIN)
  }
  setTimeout(look, AGAIN)
}
