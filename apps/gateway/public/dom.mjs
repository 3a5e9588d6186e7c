/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * Makes an element: `h('button', { type: 'button', onclick }, 'Add')`. Properties that begin with `on` are listeners,
 * true sets an attribute without a value, false and null leave it out.
 */
export function h(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A drawing from shapes.svg; decoration only. */
export function shape(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `/page/shapes.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Shows `children` in place of what was there; what had the focus keeps it, by its `data-focus`. */
export function show(parent, ...children) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  parent.replaceChildren(...children);
  if (focused === undefined) return;
  const again = parent.querySelector(`[data-focus="${CSS.escape(focused)}"]`);
  (again ?? parent.closest('[tabindex]'))?.focus();
}
