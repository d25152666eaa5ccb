// How Teams draws cards: sizes as in its clients, colours as variables that chat.css sets per theme.

const colour = (name: string) => ({
  default: `var(--card-${name})`,
  subtle: `var(--card-${name === 'text' ? 'subtle' : name})`,
  highlightColors: { default: 'var(--card-highlight)', subtle: 'var(--card-highlight)' },
})

const foregroundColors = {
  default: colour('text'),
  dark: colour('text'),
  light: colour('subtle'),
  accent: colour('accent'),
  good: colour('good'),
  warning: colour('warning'),
  attention: colour('attention'),
}

const container = (name: string) => ({
  backgroundColor: `var(--card-${name}-surface)`,
  borderColor: 'transparent',
  foregroundColors,
})

export const hostConfig = {
  fontFamily: 'inherit',
  supportsInteractivity: true,
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  imageSizes: { small: 32, medium: 52, large: 100 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: { backgroundColor: 'var(--card-surface)', borderColor: 'transparent', foregroundColors },
    emphasis: container('emphasis'),
    accent: container('accent'),
    good: container('good'),
    warning: container('warning'),
    attention: container('attention'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
  },
  adaptiveCard: { allowCustomStyle: false },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', weight: 'bolder', spacing: 'small' },
  },
  factSet: {
    title: { color: 'default', size: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 150 },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 12,
  },
  textStyles: { heading: { size: 'large', weight: 'bolder', color: 'default', isSubtle: false } },
  textBlock: { headingLevel: 2 },
}
