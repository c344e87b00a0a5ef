/** Elements made by script. */

export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** An empty place that screen readers watch; what is written into it later is read out. */
export function makeStatus(): HTMLElement {
  const status = make('span', { className: 'unseen' });
  status.role = 'status';
  return status;
}
