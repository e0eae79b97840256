import { assert } from '@open-wc/testing';
import { markdown } from './markdown.ts';

function shown(text: string): HTMLElement {
  const into = document.createElement('div');
  into.append(markdown(text));
  return into;
}

/** Names of all elements that came of it. */
function tags(node: Element): string[] {
  return [...new Set([...node.querySelectorAll('*')].map(({ localName }) => localName))].sort();
}

describe('Markdown of the small sort', () => {
  it('knows emphasis, lists, links, code and quotations', () => {
    const node = shown('Some *emphasis* and **more**.\n\n- one\n- two\n\n3. three\n\n> said\n\n`code`\n\n    block\n\n[a link](https://example.org/a)');
    assert.deepEqual(tags(node), ['a', 'blockquote', 'code', 'em', 'li', 'ol', 'p', 'pre', 'strong', 'ul']);
    assert.equal(node.querySelector('ol')?.start, 3);
  });

  it('opens links beside the page, and tells nothing of it', () => {
    const link = shown('[a link](https://example.org/a)').querySelector('a');
    assert.equal(link?.href, 'https://example.org/a');
    assert.equal(link?.target, '_blank');
    assert.equal(link?.rel, 'noopener noreferrer nofollow');
  });

  it('leads to an address that was typed as it is, and not to what ends the sentence', () => {
    const node = shown('See https://example.org/a?b=1, or (https://example.org/c). Not `https://example.org/d`.');
    assert.deepEqual([...node.querySelectorAll('a')].map((link) => [link.href, link.textContent, link.target]), [
      ['https://example.org/a?b=1', 'https://example.org/a?b=1', '_blank'],
      ['https://example.org/c', 'https://example.org/c', '_blank'],
    ]);
    assert.equal(node.textContent, 'See https://example.org/a?b=1, or (https://example.org/c). Not https://example.org/d.');
  });

  it('makes no headings, images or rules', () => {
    const node = shown('# Title\n\n![alt](https://example.org/x.png)\n\n---\n\nText');
    assert.deepEqual(tags(node), ['p', 'strong']);
    assert.equal(node.querySelector('strong')?.textContent, 'Title');
    assert.include(node.textContent, 'alt (https://example.org/x.png)');
  });

  it('keeps line ends as they were typed', () => {
    assert.include(shown('one\ntwo').textContent, 'one\ntwo');
    assert.lengthOf(shown('one  \ntwo').querySelectorAll('br'), 1);
  });

  it('shows as it was typed what goes deeper than anybody means', () => {
    const shallow = `${'> '.repeat(5)}deep`;
    assert.lengthOf(shown(shallow).querySelectorAll('blockquote'), 5);
    const deep = ['>'.repeat(9990), '- '.repeat(4990), '1. '.repeat(3300), '**'.repeat(4990), '*_'.repeat(4990), '*a '.repeat(200)].map((marks) => `${marks}deep`);
    for (const text of [...deep, `${'*a '.repeat(200)}${'b*'.repeat(200)}`]) {
      const node = shown(text);
      assert.equal(node.textContent.trim(), text);
      assert.isBelow(node.querySelectorAll('*').length, 10);
    }
  });

  it('leaves a long line of marks a line', () => {
    assert.equal(shown(`*one*\n\n${'_'.repeat(80)}\n\n*two*`).querySelectorAll('em').length, 2);
  });

  describe('what somebody might try', () => {
    const attempts = [
      '<script>window.caught = 1</script>',
      '<img src=x onerror="window.caught = 1">',
      'Text <b onclick="window.caught = 1">bold</b> on',
      '<a href="javascript:window.caught=1">x</a>',
      '<svg><script>window.caught = 1</script></svg>',
      '<iframe srcdoc="<script>parent.caught = 1</script>"></iframe>',
      '<style>* { display: none }</style>',
      '- <form action="https://example.org"><input name="p"></form>',
      '> <math><mi xlink:href="data:x,<script>window.caught = 1</script>">',
    ];
    for (const attempt of attempts) {
      it(`shows ${attempt.slice(0, 28)}… as it was typed`, () => {
        const node = shown(attempt);
        assert.isEmpty(tags(node).filter((tag) => !['p', 'ul', 'li', 'blockquote'].includes(tag)));
        const typed = attempt.replace(/^[->] /, '');
        assert.include(node.textContent, typed);
        document.body.append(node);
        assert.isUndefined((window as { caught?: unknown }).caught);
        node.remove();
      });
    }

    const links = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      '&#106;avascript:alert(1)',
      'java\\script:alert(1)',
      'data:text/html;base64,PHNjcmlwdD4=',
      'vbscript:x',
      'file:///etc/passwd',
      'blob:https://example.org/1',
      '//example.org',
      '/settings',
      '#here',
    ];
    for (const link of links) {
      it(`makes no link of ${link}`, () => {
        for (const text of [`[press](${link})`, `[press][1]\n\n[1]: ${link}`, `<${link}>`, `![press](${link})`]) {
          const node = shown(text);
          for (const a of node.querySelectorAll('a')) assert.match(a.href, /^(https?|mailto):/);
          assert.isEmpty([...node.querySelectorAll('[href]')].filter((one) => !/^(https?:\/\/|mailto:)/.test(one.getAttribute('href') ?? '')));
        }
        assert.equal(shown(`[press](${link})`).querySelector('a'), null);
      });
    }

    it('has no attribute that runs or styles, whatever is typed', () => {
      const node = shown(attempts.join('\n\n') + '\n\n[a](https://example.org "onclick=x") <https://example.org/?a=\'onload=x>');
      const names = [...node.querySelectorAll('*')].flatMap((one) => one.getAttributeNames());
      assert.isEmpty(names.filter((name) => !['href', 'rel', 'target', 'start'].includes(name)));
    });
  });
});
