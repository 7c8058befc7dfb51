// The slider is the twin of the day field: it shows the day while moving and asks when let go.
const DAY = 86400000
const page = document.documentElement.lang
const lang = page === 'en' ? 'en-GB' : page

for (const box of document.querySelectorAll('[data-as-of]')) {
  const field = box.querySelector('input[type="date"]')
  const slider = box.querySelector('input[type="range"]')
  const first = Date.parse(slider.dataset.days)
  slider.min = 0
  slider.max = Math.round((Date.parse(slider.dataset.last) - first) / DAY)
  slider.value = Math.round((Date.parse(field.value) - first) / DAY)
  slider.parentElement.hidden = false
  slider.addEventListener('input', () => {
    field.valueAsNumber = first + slider.value * DAY
    slider.setAttribute('aria-valuetext', field.valueAsDate.toLocaleDateString(lang, { dateStyle: 'long', timeZone: 'UTC' }))
  })
  // With keys each step is a change: wait until the hand rests
  let rest
  slider.addEventListener('change', () => {
    clearTimeout(rest)
    rest = setTimeout(() => field.form.requestSubmit(), 500)
  })
}
