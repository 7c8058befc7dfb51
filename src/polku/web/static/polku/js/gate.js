// At a gate: what stays unknown is counted while one answers, since one signs for it.
for (const form of document.querySelectorAll('[data-signs-for]')) {
  const count = form.querySelector('[data-signs]')
  if (!count) continue
  form.addEventListener('change', () => {
    count.textContent = form.querySelectorAll('input[value="unknown"]:checked').length
  })
}
