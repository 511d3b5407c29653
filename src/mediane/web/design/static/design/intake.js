// While a name or a number is typed, the people it may mean appear under it. Without this, a button searches.
const CALM = 250
const form = document.querySelector('form[data-intake]')

if (form) {
  const text = form.elements.namedItem('q')
  const place = form.querySelector('[data-people]')
  const token = form.elements.namedItem('csrfmiddlewaretoken')
  const search = form.querySelector('button[name=find]')
  let timer = null
  let asked = 0
  search.hidden = true
  search.disabled = true

  async function suggest () {
    const mine = ++asked
    const body = new FormData()
    body.set('q', text.value)
    body.set('person', form.querySelector('[name=person]:checked')?.value ?? '')
    const answer = await fetch(form.dataset.intake, {
      method: 'POST', body, credentials: 'same-origin', headers: { 'X-CSRFToken': token.value }
    }).catch(() => null)
    // Only the latest question counts; without an answer, the button is back.
    if (mine !== asked) return
    if (!answer || !answer.ok || answer.redirected) {
      search.hidden = search.disabled = false
      return
    }
    place.innerHTML = await answer.text()
  }

  text.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(suggest, CALM)
  })
  text.addEventListener('keydown', async (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    clearTimeout(timer)
    await suggest()
    const first = place.querySelector('input[type=radio]')
    if (first) {
      first.checked = true
      first.focus()
      first.dispatchEvent(new Event('change', { bubbles: true }))
    }
  })
}
