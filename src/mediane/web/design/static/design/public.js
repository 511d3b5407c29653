// Improves pages that work without it: kept answers, counted characters, focused errors, dropped files.
import './autosave.js'
import './exit.js'
import './toomuch.js'

const FRENCH = {
  charactersUnderLimit: { one: 'Il vous reste %{count} caractère', other: 'Il vous reste %{count} caractères' },
  charactersAtLimit: 'Vous avez utilisé tous les caractères',
  charactersOverLimit: { one: 'Vous avez %{count} caractère de trop', other: 'Vous avez %{count} caractères de trop' },
  textareaDescription: { other: '%{count} caractères au plus' }
}

if (document.querySelector('[data-module^="govuk-"]')) {
  document.body.classList.add('js-enabled', 'govuk-frontend-supported')
  import('../vendor/govuk-frontend.min.js').then(({ createAll, CharacterCount, ErrorSummary }) => {
    createAll(CharacterCount, { i18n: FRENCH })
    createAll(ErrorSummary)
  })
}

for (const zone of document.querySelectorAll('.m-drop')) {
  const input = zone.querySelector('input[type=file]')
  for (const kind of ['dragenter', 'dragover', 'dragleave', 'drop']) {
    zone.addEventListener(kind, (event) => {
      event.preventDefault()
      zone.classList.toggle('m-drop--over', kind === 'dragenter' || kind === 'dragover')
      if (kind !== 'drop' || !event.dataTransfer.files.length) return
      input.files = event.dataTransfer.files
      input.dispatchEvent(new Event('input', { bubbles: true }))
    })
  }
}
