// The list looks for what is new every half a minute, and draws itself anew without losing the place.
(() => {
  const EVERY = 30000
  // A page that nobody touches does not keep its person signed in.
  const UNTOUCHED = 20 * 60000

  const list = document.querySelector('[data-live]')
  if (!list) return
  const said = document.querySelector('[data-live-said]')
  const when = document.querySelector('[data-live-when]')
  let has = list.dataset.mark
  let touched = Date.now()

  const rows = () => new Map([...list.querySelectorAll('[data-reference]')].map(row => [row.dataset.reference, row.dataset.version]))
  const busy = () => ['INPUT', 'SELECT', 'TEXTAREA'].includes(document.activeElement.tagName)
  const time = () => new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit' }).format(new Date())

  const change = (before, after) => {
    const fresh = [...after.keys()].filter(one => !before.has(one)).length
    const gone = [...before.keys()].filter(one => !after.has(one)).length
    const moved = [...after.keys()].filter(one => before.has(one) && before.get(one) !== after.get(one)).length
    const parts = [[fresh, 'new'], [moved, 'changed'], [gone, 'no longer here']].filter(([count]) => count)
    return parts.length ? `The list changed: ${parts.map(([count, what]) => `${count} ${what}`).join(', ')}.` : ''
  }

  const draw = html => {
    const before = rows()
    const held = list.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null
    const { scrollX, scrollY } = window
    list.innerHTML = html
    if (held) {
      const again = [...list.querySelectorAll('a')].find(one => one.getAttribute('href') === held)
      if (again) again.focus({ preventScroll: true })
    }
    window.scrollTo(scrollX, scrollY)
    const after = rows()
    for (const row of list.querySelectorAll('[data-reference]')) {
      if (before.get(row.dataset.reference) !== row.dataset.version) row.classList.add('mash-cases__new')
    }
    const what = change(before, after)
    if (what) said.textContent = what
    return what
  }

  const look = async () => {
    if (document.hidden || busy() || Date.now() - touched > UNTOUCHED) return
    const answer = await fetch(list.dataset.live, { headers: { 'X-Mash-Has': has }, redirect: 'manual' }).catch(() => null)
    if (!answer || (answer.status !== 200 && answer.status !== 204)) {
      when.textContent = 'Not up to date.'
      return
    }
    let what = ''
    if (answer.status === 200) {
      const html = await answer.text()
      // Somebody may have begun to type while the answer was on its way.
      if (busy()) return
      has = answer.headers.get('x-mash-mark')
      what = draw(html)
    }
    when.textContent = what ? `${what} Up to date at ${time()}.` : `Up to date at ${time()}.`
  }

  for (const event of ['keydown', 'pointerdown', 'pointermove', 'scroll']) {
    window.addEventListener(event, () => { touched = Date.now() }, { passive: true })
  }
  document.addEventListener('visibilitychange', look)
  document.addEventListener('mash:look', look)
  setInterval(look, EVERY)
})()
