import { byId, h, show } from './dom.mjs';

/** Says what went wrong and what can be done: repeat it here, or on the other gateway. */
export function showProblem(problem, retry, other, switchTo) {
  const place = byId('problem');
  const seconds = problem.retryAfterSeconds > 0 ? ` Try again in ${problem.retryAfterSeconds} s.` : '';
  const close = () => show(place);
  const again = h(
    'button',
    {
      type: 'button',
      onclick: () => {
        close();
        retry();
      },
    },
    'Try again',
  );
  const elsewhere =
    other === undefined || problem.kind !== 'unreachable'
      ? null
      : h(
          'button',
          {
            type: 'button',
            onclick: () => {
              close();
              switchTo(other);
              retry();
            },
          },
          `Use ${other.name}`,
        );
  const dismiss = h('button', { type: 'button', class: 'plain', onclick: close }, 'Leave it');
  show(
    place,
    h(
      'div',
      { class: 'problem' },
      h('p', null, problem.message + seconds),
      h('div', { class: 'actions' }, elsewhere, again, dismiss),
    ),
  );
}

export const hideProblem = () => show(byId('problem'));
