// « Quitter vite » : the page vanishes at once; what was being typed is sent to be kept, then another site takes the
// place of this page in the history. Three presses of Esc do the same. Without this, it is a plain link.
import { keepWhatIsTyped } from './autosave.js'

const PRESSES = 3
const WITHIN = 5000
const LONGEST = 800

export function quickExit (link) {
  const told = link.parentElement.querySelector('[data-exit-told]')
  let pressed = []

  async function leave () {
    document.documentElement.hidden = true
    document.title = '\u00a0'
    await Promise.race([keepWhatIsTyped(), new Promise((resolve) => setTimeout(resolve, LONGEST))])
    location.replace(link.href)
  }

  link.addEventListener('click', (event) => {
    event.preventDefault()
    leave()
  })
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') {
      pressed = []
      return
    }
    const now = performance.now()
    pressed = [...pressed.filter((at) => now - at < WITHIN), now]
    const left = PRESSES - pressed.length
    told.textContent = left > 0 ? `Encore ${left} fois Échap pour quitter le site` : ''
    if (left <= 0) leave()
  })
  // Coming back by « Back » shows nothing of what was there.
  addEventListener('pageshow', (event) => {
    if (event.persisted && document.documentElement.hidden) location.replace(link.href)
  })
}

document.querySelectorAll('[data-exit]').forEach(quickExit)
