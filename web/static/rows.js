// Rows of the same questions: one more, as often as wanted. Without this there are three.
(() => {
  for (const rows of document.querySelectorAll('[data-rows]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'govuk-button govuk-button--secondary'
    button.textContent = 'Add another person'
    button.addEventListener('click', () => {
      const all = rows.querySelectorAll('[data-row]')
      const row = all[all.length - 1].cloneNode(true)
      for (const field of row.querySelectorAll('input, select')) {
        const label = row.querySelector(`label[for="${field.id}"]`)
        field.id = field.id.replace(/\d+/, all.length + 1)
        if (label) label.htmlFor = field.id
        field.value = ''
      }
      rows.append(row)
      row.querySelector('input').focus()
    })
    rows.after(button)
  }
})()
