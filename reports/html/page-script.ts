// What report.html does with a pointer or the keyboard: it shows the numbers of the mark under it. Without it, a browser shows the
// marks' titles. It is text here because it runs in the page alone; test/browser/ runs it there.

import { CHART_CLASS } from '../charts/style-sheet.ts';

/** A mark within so many pixels of the pointer counts as pointed at. */
const REACH_PX = 28;

export const PAGE_SCRIPT = `(() => {
  'use strict';
  const tip = document.querySelector('.tip');
  let active;
  const hide = () => {
    if (active) active.classList.remove('active');
    active = undefined;
    tip.hidden = true;
  };
  const middle = (mark) => {
    const box = mark.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, top: box.top, bottom: box.bottom };
  };
  const place = () => {
    const at = middle(active);
    const size = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.x - size.width / 2), document.documentElement.clientWidth - size.width - 8);
    const above = at.top - size.height - 8;
    tip.style.transform = 'translate(' + left + 'px,' + (above < 8 ? at.bottom + 8 : above) + 'px)';
  };
  const show = (mark) => {
    if (active === mark) return;
    hide();
    active = mark;
    mark.classList.add('active');
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    place();
  };
  for (const chart of document.querySelectorAll('svg.${CHART_CLASS}')) {
    const marks = [...chart.querySelectorAll('.mark')];
    if (marks.length === 0) continue;
    // A picture has no parts that take the focus; a group has.
    chart.setAttribute('role', 'group');
    for (const [index, mark] of marks.entries()) {
      const title = mark.querySelector('title');
      mark.dataset.tip = title.textContent;
      mark.setAttribute('role', 'img');
      mark.setAttribute('aria-label', title.textContent.replaceAll('\\n', ', '));
      mark.setAttribute('tabindex', index === 0 ? '0' : '-1');
      title.remove();
    }
    const point = (event) => {
      let nearest;
      let least = ${REACH_PX};
      for (const mark of marks) {
        const at = middle(mark);
        const distance = Math.hypot(at.x - event.clientX, at.y - event.clientY);
        if (distance < least) [nearest, least] = [mark, distance];
      }
      if (nearest) show(nearest);
      else hide();
    };
    chart.addEventListener('pointermove', point);
    chart.addEventListener('pointerdown', point);
    chart.addEventListener('pointerleave', hide);
    chart.addEventListener('focusin', (event) => {
      if (event.target.dataset.tip) show(event.target);
    });
    chart.addEventListener('focusout', hide);
    chart.addEventListener('keydown', (event) => {
      const from = marks.indexOf(event.target);
      const to = {
        ArrowRight: from + 1,
        ArrowDown: from + 1,
        ArrowLeft: from - 1,
        ArrowUp: from - 1,
        Home: 0,
        End: marks.length - 1,
      }[event.key];
      if (event.key === 'Escape') hide();
      if (to === undefined || from < 0) return;
      event.preventDefault();
      const next = marks[(to + marks.length) % marks.length];
      event.target.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    });
  }
  // The focus scrolls its mark into view: the tip goes along. A pointer stays where it is: what was under it has gone.
  const follow = () => {
    if (active && active === document.activeElement) place();
    else hide();
  };
  addEventListener('scroll', follow, { passive: true, capture: true });
})();
`;
