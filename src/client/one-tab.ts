/** Acts while no other tab of this browser does the same, where the browser can see to it. */
export async function oneTab(name: string, act: () => void | Promise<void>): Promise<void> {
  const attempt: { begun?: true } = {};
  try {
    await navigator.locks.request(name, () => {
      attempt.begun = true;
      return act();
    });
  } catch (error) {
    if (attempt.begun) throw error;
    // Absent on a plain-HTTP page, and refused in a frame of another site that may keep nothing. Whoever calls can do
    // without: two tabs of one person at the same moment are seldom, and make one ballot, or one entry, all the same.
    await act();
  }
}
