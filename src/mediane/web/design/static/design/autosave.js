// <form data-autosave="address">: what is typed is kept on the server, two seconds after the last key and on leaving.
const CALM = 2000

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

  async function save () {
    try {
      const answer = await post(false)
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status))
      say((await answer.text()).trim())
    } catch (refused) {
      unsaved = true
      say('Pas encore enregistré : vérifiez votre connexion. Vos réponses restent sur cette page.')
    }
  }

  form.addEventListener('input', () => {
    unsaved = true
    clearTimeout(timer)
    timer = setTimeout(save, CALM)
  })
  form.addEventListener('submit', () => {
    unsaved = false
    clearTimeout(timer)
  })
  addEventListener('pagehide', () => {
    clearTimeout(timer)
    if (unsaved) post(true)
  })
}

document.querySelectorAll('form[data-autosave]').forEach(autosave)
