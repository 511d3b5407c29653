// <form data-autosave="address">: what is typed is kept on the server, two seconds after the last key and on leaving.
// What could not be kept is tried again, every ten seconds and as soon as the connection is back; until then it is
// not left without a question. With data-autosave-first, a button of the form leaves only once the text is kept;
// where it says “typed”, only if something was typed.
const CALM = 2000
const AGAIN = 10000
const kept = []
let leavesAnyway = false

// Before a script leaves the page: settled once the server has it, or never will.
export const keepWhatIsTyped = () => {
  leavesAnyway = true
  return Promise.allSettled(kept.map((leaving) => leaving()))
}

// Somebody signed in again since: the page asks for its own token once more.
async function renewToken () {
  const answer = await fetch(location.href, { credentials: 'same-origin' })
  if (!answer.ok || answer.redirected) return false
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.querySelector('[name=csrfmiddlewaretoken]')
  if (!fresh) return false
  for (const token of document.querySelectorAll('[name=csrfmiddlewaretoken]')) token.value = fresh.value
  return true
}

export function autosave (form) {
  const status = document.querySelector('[data-autosave-status]')
  let timer = null
  let typed = 0 // counts what is typed; all up to `safe` is with the server
  let safe = 0
  let failed = false
  let passing = false
  let sending = false
  let saving = Promise.resolve()

  function body () {
    const data = new FormData(form)
    for (const [name, value] of [...data]) {
      if (value instanceof File) data.delete(name) // files travel with the real submission only
    }
    return data
  }

  function post (data, keepalive) {
    const token = form.querySelector('[name=csrfmiddlewaretoken]')
    if (token) data.set('csrfmiddlewaretoken', token.value)
    return fetch(form.dataset.autosave, {
      method: 'POST',
      body: data,
      keepalive,
      credentials: 'same-origin',
      headers: { 'X-Autosave': '1', 'X-CSRFToken': token ? token.value : '' }
    })
  }

  function say (words) {
    if (status) status.textContent = words
  }

  function wait (time) {
    clearTimeout(timer)
    timer = setTimeout(save, time)
  }

  function notSaved (why) {
    failed = true
    say(`Pas encore enregistré\u00a0: ${why} Vos réponses restent sur cette page.`)
    return 'not saved'
  }

  async function attempt () {
    const upTo = typed
    const sent = body()
    try {
      let answer = await post(sent, false)
      if (answer.status === 403 && await renewToken()) answer = await post(sent, false)
      if (answer.ok && !answer.redirected) return await done(answer, sent, upTo)
      if (answer.status === 409) {
        failed = true
        say((await answer.text()).trim())
        return 'to choose'
      }
      wait(AGAIN)
      if (answer.redirected || answer.status === 403) return notSaved('vous n’êtes plus connecté. Connectez-vous dans un autre onglet, puis revenez ici.')
      return notSaved('un nouvel essai vient dans quelques secondes.')
    } catch (unreachable) {
      wait(AGAIN)
      return notSaved('vérifiez votre connexion.')
    }
  }

  async function done (answer, sent, upTo) {
    safe = upTo
    failed = false
    if (!answer.headers.get('Content-Type').startsWith('application/json')) {
      say((await answer.text()).trim())
      return 'saved'
    }
    const stands = await answer.json()
    say(stands.said)
    form.dispatchEvent(new CustomEvent('autosaved', { detail: { sent, stands } }))
    return 'saved'
  }

  // One at a time: what was typed last arrives last.
  function save () {
    clearTimeout(timer)
    saving = saving.then(attempt)
    return saving
  }

  form.addEventListener('input', () => {
    typed++
    wait(CALM)
  })
  addEventListener('online', () => {
    if (typed > safe) wait(0)
  })
  form.addEventListener('submit', async (event) => {
    clearTimeout(timer)
    const isFirst = form.dataset.autosaveFirst === 'typed' ? typed > safe : 'autosaveFirst' in form.dataset
    if (passing || !isFirst) {
      safe = typed
      return
    }
    event.preventDefault()
    if (sending) return // a double click sends once
    sending = true
    const outcome = await save()
    sending = false
    if (outcome === 'not saved') return
    passing = true
    form.requestSubmit(event.submitter)
    passing = false
  })
  addEventListener('beforeunload', (event) => {
    if (failed && typed > safe && !leavesAnyway) event.preventDefault()
  })
  const leaving = async () => {
    clearTimeout(timer)
    if (typed > safe) await post(body(), true)
  }
  addEventListener('pagehide', leaving)
  kept.push(leaving)
}

// A page that keeps its long texts says so beside the token of its forms.
for (const own of document.querySelectorAll('input[data-keeps]')) {
  const { form } = own
  if (!form.querySelector('textarea') || form.dataset.autosave) continue
  form.dataset.autosave = own.dataset.keeps
  form.dataset.autosaveFirst = 'typed'
  if (document.querySelector('[data-autosave-status]')) continue
  const status = document.createElement('p')
  status.className = 'm-meta'
  status.setAttribute('role', 'status')
  status.dataset.autosaveStatus = ''
  form.append(status)
}

document.querySelectorAll('form[data-autosave]').forEach(autosave)
