// More than is received at once: said above the form before anything leaves, so that nothing typed is lost.
// Without this, the server says it on a page of its own.
const MOST_FILES = 100
const MOST_TEXT = 2_500_000 // bytes, as they travel
const MOST_WEIGHT = 104_857_600
const NBSP = '\u00a0'

function tooMuch (form) {
  const values = [...new FormData(form).values()]
  const files = values.filter((value) => value instanceof File && value.name)
  if (files.length > MOST_FILES) {
    return `Trop de fichiers à la fois${NBSP}: choisissez-en 20 au plus. Réunissez plusieurs pages dans un seul PDF.`
  }
  if (files.reduce((sum, file) => sum + file.size, 0) > MOST_WEIGHT) {
    return `Ces fichiers dépassent 100${NBSP}Mo ensemble${NBSP}: envoyez-en moins, ou des photos plus légères.`
  }
  const text = values.filter((value) => typeof value === 'string').join('')
  const signs = form.enctype === 'multipart/form-data' ? new Blob([text]).size : new URLSearchParams([['', text]]).toString().length
  return signs > MOST_TEXT ? 'Ce texte est trop long. Gardez l’essentiel, et joignez le reste dans un fichier.' : ''
}

function say (form, words) {
  document.querySelector('[data-too-much]')?.remove()
  const notice = document.createElement('div')
  notice.className = 'govuk-error-summary'
  notice.dataset.tooMuch = ''
  notice.tabIndex = -1
  notice.setAttribute('role', 'alert')
  const line = document.createElement('p')
  line.className = 'govuk-error-summary__title'
  line.textContent = words
  notice.append(line)
  form.before(notice)
  notice.focus()
}

document.addEventListener('submit', (event) => {
  const words = event.target.method === 'post' ? tooMuch(event.target) : ''
  if (!words) return
  event.preventDefault()
  event.stopImmediatePropagation()
  say(event.target, words)
}, true)
