// A picture is asked for when somebody opens it, and not before: that it was asked for is on the record.
(() => {
  for (const exhibit of document.querySelectorAll('details[data-exhibit]')) {
    exhibit.addEventListener('toggle', () => {
      const link = exhibit.querySelector('[data-exhibit-link]')
      if (!exhibit.open || !link) return
      const picture = document.createElement('img')
      picture.className = 'mash-exhibit__picture'
      picture.alt = exhibit.querySelector('.govuk-details__summary-text').textContent
      picture.src = exhibit.dataset.exhibit
      picture.addEventListener('load', () => {
        const unseen = exhibit.nextElementSibling.querySelector('[data-exhibit-new]')
        if (unseen) unseen.textContent = 'Opened by you just now.'
      })
      picture.addEventListener('error', () => {
        picture.replaceWith('This cannot be shown. If you are still signed in, its key is not here, or it was damaged: ask for it again.')
      })
      link.replaceWith(picture)
    })
  }
})()
