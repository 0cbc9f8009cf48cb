// Questions that only some answers ask are shown for those. Without this they are all there.
(() => {
  for (const part of document.querySelectorAll('[data-when]')) {
    const form = part.closest('form')
    const asked = part.dataset.is.split(' ')
    const show = () => {
      const chosen = form.querySelector(`[name="${part.dataset.when}"]:checked`)
      part.hidden = !chosen || !asked.includes(chosen.value)
      // What is not shown is not sent.
      for (const field of part.querySelectorAll('input, select, textarea')) field.disabled = part.hidden
    }
    form.addEventListener('change', show)
    show()
  }
})()
