// Loads the page again as soon as a file of the study is saved. Without script, loading it by hand does the same.
const margin = document.querySelector("[data-changed]");
async function wait() {
  for (;;) {
    try {
      const said = await fetch(margin.dataset.changed, { cache: "no-store" });
      if (said.status === 200 && (await said.text()) === "changed") return location.reload();
      if (!said.ok) await new Promise(done => setTimeout(done, 2000));
    } catch {
      await new Promise(done => setTimeout(done, 2000)); // The program is being started again.
    }
  }
}
wait();
