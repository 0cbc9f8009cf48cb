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
      picture.addEventListener('error', () => {
        picture.replaceWith('This file stays sealed: its key is not here, or it was damaged. Ask for it again.')
      })
      link.replaceWith(picture)
    })
  }
})()
