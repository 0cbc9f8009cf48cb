// A little help, and nothing that a page needs: forms keep what is typed while it is typed; a key for the search.
(() => {
  const REST = 4000

  for (const form of document.querySelectorAll('form[data-keeps]')) {
    const note = form.querySelector('[data-kept-note]')
    let waiting
    let sent = false

    const keep = async () => {
      if (sent) return
      const typed = new FormData(form)
      typed.set('_save', '1')
      const answer = await fetch(form.getAttribute('action'), {
        method: 'POST',
        body: new URLSearchParams(typed),
        headers: { 'X-Mash-Keeps': '1' },
        redirect: 'manual'
      }).catch(() => null)
      if (note) note.textContent = answer && answer.status === 204 ? 'What you typed is kept.' : ''
    }

    form.addEventListener('input', () => {
      clearTimeout(waiting)
      waiting = setTimeout(keep, REST)
    })
    form.addEventListener('submit', () => {
      sent = true
      clearTimeout(waiting)
    })
  }

  // The slash key goes to the search, as long as nobody is typing.
  const search = document.querySelector('[data-slash]')
  document.addEventListener('keydown', event => {
    const typing = event.target.closest('input, select, textarea, [contenteditable]')
    if (event.key !== '/' || !search || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    search.focus()
  })
})()
