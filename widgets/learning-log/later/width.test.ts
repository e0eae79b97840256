import { assert } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { KringLearningLog } from '../learning-log.ts';
import { all, mount, onStage, reached } from './stage.testing.ts';

const isFull = (element: KringLearningLog) => all(element, '[role=search], [role=tablist]').length === 2 && all(element, '.few').length === 0;
const isCard = (element: KringLearningLog) => all(element, '.few > li').length > 0 && all(element, '[role=search], [role=tablist]').length === 0;

describe('how much of the log there is', () => {
  onStage();

  it('follows from the room that the element itself has, on a page of any width', async () => {
    const element = await mount('writing');
    assert.isNull(element.getAttribute('view'));
    await reached(() => isFull(element));
    element.style.inlineSize = '400px';
    await reached(() => isCard(element));
    element.style.inlineSize = '700px';
    await reached(() => isFull(element));
    await setViewport({ width: 400, height: 800 });
    assert.isTrue(isFull(element));
    element.style.inlineSize = '';
    await reached(() => isCard(element));
    await setViewport({ width: 900, height: 800 });
    await reached(() => isFull(element));
    assert.isNull(element.getAttribute('view'));
  });

  it('follows from that room again where the page takes back what it chose', async () => {
    const element = await mount('full');
    await reached(() => isFull(element));
    element.style.inlineSize = '320px';
    element.removeAttribute('view');
    await reached(() => isCard(element));
    element.style.inlineSize = '700px';
    await reached(() => isFull(element));
  });

  it('is what the page chose, whatever room there is', async () => {
    const element = await mount('compact');
    await reached(() => isCard(element));
    element.view = 'full';
    element.style.inlineSize = '400px';
    await reached(() => isFull(element));
  });
});
