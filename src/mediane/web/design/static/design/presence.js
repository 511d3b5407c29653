// [data-presence]: a page open on a case tells so every fifteen seconds, and reads who else is there.
// Leaving it says so at once; three silences say it too.
const EVERY = 15000
const here = document.querySelector('[data-presence]')

if (here) {
  const token = document.querySelector('[name=csrfmiddlewaretoken]')
  let timer = null

  function told () {
    const data = new FormData()
    data.set('page', here.dataset.page)
    data.set('doing', here.dataset.doing)
    data.set('csrfmiddlewaretoken', token ? token.value : '')
    return data
  }

  // What did not change is not said again.
  function show (sentences) {
    const shown = [...here.children].map((one) => one.textContent)
    if (shown.join('|') === sentences.join('|')) return
    here.replaceChildren(...sentences.map((words) => {
      const line = document.createElement('p')
      line.textContent = words
      return line
    }))
  }

  async function pulse () {
    // A page that is only read is not looked at while another covers it; one that is written on stays.
    if (document.hidden && here.dataset.doing === 'reading') return
    try {
      const answer = await fetch(here.dataset.presence, { method: 'POST', body: told(), credentials: 'same-origin' })
      if (answer.ok && !answer.redirected) show((await answer.json()).others)
      else clearInterval(timer) // signed out, or the case left: nothing more to tell
    } catch {
      // No network: the next pulse tries again.
    }
  }

  function begin () {
    clearInterval(timer)
    timer = setInterval(pulse, EVERY)
  }

  begin()
  // A page that is left is hidden last: a pulse then would come after its leave.
  document.addEventListener('visibilitychange', () => { if (!document.hidden) pulse() })
  addEventListener('pagehide', () => {
    clearInterval(timer)
    navigator.sendBeacon(here.dataset.leave, told())
  })
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    begin()
    pulse()
  })
}
