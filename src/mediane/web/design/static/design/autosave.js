// <form data-autosave="address">: what is typed is kept on the server, two seconds after the last key and on leaving.
// What could not be kept is tried again, every ten seconds and as soon as the connection is back.
const CALM = 2000
const AGAIN = 10000
const kept = []

// Before a script leaves the page: settled once the server has it, or never will.
export const keepWhatIsTyped = () => Promise.allSettled(kept.map((leaving) => leaving()))

export function autosave (form) {
  const status = document.querySelector('[data-autosave-status]')
  let timer = null
  let unsaved = false

  function body () {
    const data = new FormData(form)
    for (const [name, value] of [...data]) {
      if (value instanceof File) data.delete(name) // files travel with the real submission only
    }
    return data
  }

  function post (keepalive) {
    unsaved = false
    const token = form.querySelector('[name=csrfmiddlewaretoken]')
    return fetch(form.dataset.autosave, {
      method: 'POST',
      body: body(),
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

  function sayNotSaved (why) {
    say(`Pas encore enregistré\u00a0: ${why} Vos réponses restent sur cette page.`)
  }

  async function save () {
    try {
      const answer = await post(false)
      if (answer.ok && !answer.redirected) return say((await answer.text()).trim())
      unsaved = true
      if (answer.redirected || answer.status === 403) return sayNotSaved('vous n’êtes plus connecté.')
      if (answer.status === 409) return say((await answer.text()).trim())
      wait(AGAIN)
      sayNotSaved('un nouvel essai vient dans quelques secondes.')
    } catch (unreachable) {
      unsaved = true
      wait(AGAIN)
      sayNotSaved('vérifiez votre connexion.')
    }
  }

  form.addEventListener('input', () => {
    unsaved = true
    wait(CALM)
  })
  addEventListener('online', () => {
    if (unsaved) wait(0)
  })
  form.addEventListener('submit', () => {
    unsaved = false
    clearTimeout(timer)
  })
  const leaving = async () => {
    clearTimeout(timer)
    if (unsaved) await post(true)
  }
  addEventListener('pagehide', leaving)
  kept.push(leaving)
}

document.querySelectorAll('form[data-autosave]').forEach(autosave)
