const dark = matchMedia('(prefers-color-scheme: dark)')
const contrast = matchMedia('(prefers-contrast: more)')

/** Follows the system's colours until somebody picks a theme; the choice stays with this browser. */
export function startTheme(picker: HTMLElement): void {
  const select = picker as HTMLSelectElement // the page's own #theme
  select.value = localStorage.getItem('theme') ?? 'system'
  const apply = () => {
    const system = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light'
    document.documentElement.dataset['theme'] = select.value === 'system' ? system : select.value
  }
  select.addEventListener('change', () => {
    localStorage.setItem('theme', select.value)
    apply()
  })
  dark.addEventListener('change', apply)
  contrast.addEventListener('change', apply)
  apply()
}
