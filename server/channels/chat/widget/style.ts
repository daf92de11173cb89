/** Everything the widget looks like, inside its own shadow root: a page's styles do not reach in, and these do not reach out. */
export const style = `
:host { all: initial; color-scheme: light; }
:host([data-theme="dark"]) { color-scheme: dark; }
* , *::before, *::after { box-sizing: border-box; }
/* What a page says of all elements it says of our host too, and that is inherited: it ends here. */
.root { all: initial; }
.root {
  --bg: #fff; --bg-2: #f4f5f4; --text: #17211d; --text-2: #56615c; --line: #d9dedb; --bad: #a4231b; --focus: #0a5bd3;
  position: fixed; z-index: 2147483000; inset: auto 20px 20px auto;
  font: 15px/1.45 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", system-ui, sans-serif;
  color: var(--text); text-align: start;
}
.root[data-side="left"] { inset: auto auto 20px 20px; }
:host([data-theme="dark"]) .root {
  --bg: #191d1b; --bg-2: #262c29; --text: #eef2f0; --text-2: #a9b4ae; --line: #3a433e; --bad: #ff8f86; --focus: #8ab8ff;
}
[hidden] { display: none !important; }
button, input, textarea { font: inherit; color: inherit; margin: 0; }
button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.launcher {
  position: relative; display: grid; place-items: center; width: 56px; height: 56px; padding: 0; border: 0; border-radius: 50%;
  margin-inline-start: auto; background: var(--accent); color: var(--on-accent); box-shadow: 0 4px 16px rgb(0 0 0 / .25);
}
[data-side="left"] .launcher { margin-inline: 0 auto; }
.launcher svg { width: 26px; height: 26px; }
.badge {
  position: absolute; inset: -4px -4px auto auto; min-width: 22px; padding: 0 6px; border-radius: 11px; border: 2px solid var(--bg);
  background: #b3261e; color: #fff; font-size: 12px; font-weight: 600; line-height: 18px;
}
.greeting {
  position: absolute; inset: auto 0 70px auto; display: flex; width: max-content; max-width: min(280px, calc(100vw - 40px));
  background: var(--bg); border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 6px 24px rgb(0 0 0 / .18);
}
[data-side="left"] .greeting { inset: auto auto 70px 0; }
.greeting button { border: 0; background: none; text-align: start; border-radius: 14px; }
.greeting .text { padding: 12px 4px 12px 14px; overflow-wrap: anywhere; }
.greeting .hide { align-self: start; padding: 6px 10px; font-size: 18px; line-height: 1; color: var(--text-2); }
.panel {
  position: absolute; inset: auto 0 70px auto; display: flex; flex-direction: column; overflow: hidden;
  width: min(376px, calc(100vw - 40px)); height: min(600px, calc(100vh - 110px)); height: min(600px, calc(100dvh - 110px));
  background: var(--bg); border: 1px solid var(--line); border-radius: 16px; box-shadow: 0 12px 48px rgb(0 0 0 / .28);
}
[data-side="left"] .panel { inset: auto auto 70px 0; }
.head { display: flex; align-items: center; gap: 12px; padding: 12px 8px 12px 16px; background: var(--accent); color: var(--on-accent); }
.head .names { flex: 1; min-width: 0; }
.head h2 { margin: 0; font: inherit; font-size: 16px; font-weight: 600; overflow-wrap: anywhere; }
.head p { margin: 0; font-size: 13px; display: flex; align-items: center; gap: 6px; }
.head p::before { content: ""; width: 8px; height: 8px; border-radius: 50%; border: 2px solid currentColor; }
.head p.on::before { background: currentColor; }
.head button, .clip { display: grid; place-items: center; width: 40px; height: 40px; border: 0; border-radius: 50%; background: none; color: inherit; }
.head button:focus-visible { outline-color: currentColor; outline-offset: -3px; }
.notice { margin: 0; padding: 8px 16px; background: var(--bg-2); color: var(--text); font-size: 13px; border-bottom: 1px solid var(--line); }
.log { flex: 1; min-height: 80px; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; gap: 4px; }
.log::before { content: ""; flex: 1; }
.line { max-width: 86%; align-self: flex-start; display: flex; flex-direction: column; }
.line.mine { align-self: flex-end; align-items: flex-end; }
.line.first { margin-top: 8px; }
.who { font-size: 12px; color: var(--text-2); padding: 0 4px 2px; }
.said { margin: 0; padding: 8px 12px; border-radius: 14px; background: var(--bg-2); white-space: pre-wrap; overflow-wrap: anywhere; }
.mine .said { background: var(--accent); color: var(--on-accent); }
.mine.waiting .said, .mine.refused .said { background: none; color: var(--text); box-shadow: inset 0 0 0 1px var(--text-2); }
.mark { font-size: 12px; color: var(--text-2); padding: 2px 4px 0; display: flex; gap: 8px; flex-wrap: wrap; justify-content: flex-end; }
.refused .mark { color: var(--bad); }
.mark button { padding: 0; border: 0; background: none; text-decoration: underline; color: var(--text); }
.typing { min-height: 22px; margin: 0; padding: 0 20px; font-size: 13px; color: var(--text-2); }
.typing i { display: inline-block; width: 5px; height: 5px; margin-inline-start: 3px; border-radius: 50%; background: currentColor; animation: dot 1.2s infinite; }
.typing i:nth-of-type(2) { animation-delay: .2s; } .typing i:nth-of-type(3) { animation-delay: .4s; }
@keyframes dot { 0%, 60%, 100% { opacity: .25; } 30% { opacity: 1; } }
form { margin: 0; padding: 10px 12px 12px; border-top: 1px solid var(--line); display: flex; flex-direction: column; gap: 8px; }
.away { margin: 4px 4px 0; font-size: 13px; color: var(--text-2); }
.fields { display: flex; flex-direction: column; gap: 8px; }
.field { display: block; font-size: 13px; color: var(--text-2); }
.field span { padding: 0 4px; }
/* Below 16px an iPhone zooms the page when the field is touched. */
.field input, textarea { font-size: 16px; width: 100%; border: 1px solid var(--text-2); border-radius: 10px; background: var(--bg); color: var(--text); padding: 8px 10px; }
.row { display: flex; gap: 8px; align-items: flex-end; }
.clip { flex: none; width: 42px; height: 42px; place-items: center; padding: 0; border: 0; border-radius: 10px; background: none; color: var(--text-2); }
.chosen { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 4px; }
.file { display: flex; align-items: center; gap: 8px; max-width: 100%; min-height: 40px; padding: 6px 10px; border: 1px solid var(--line); border-radius: 12px; background: var(--bg); color: var(--text); font-size: 14px; text-align: start; }
.file svg { flex: none; width: 18px; height: 18px; color: var(--text-2); }
.file-name { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.file-size { flex: none; color: var(--text-2); font-size: 12px; }
.file > button { margin-inline-start: auto; border: 0; background: none; width: 28px; height: 28px; padding: 0; font-size: 18px; line-height: 1; color: var(--text-2); border-radius: 50%; }
.file.pictured { display: block; padding: 6px; line-height: 1.6; }
.file canvas { display: block; max-width: 100%; border-radius: 8px; background: var(--bg-2); margin-bottom: 4px; }
.file.pictured .file-name { padding-inline: 4px; }
.file[aria-busy] { opacity: .6; }
.going { flex-wrap: wrap; }
.going progress { flex-basis: 100%; width: 100%; height: 6px; accent-color: var(--accent); }
.said + .file, .file + .file { margin-top: 4px; }
.transcript { border-top: 0; border-bottom: 1px solid var(--line); background: var(--bg-2); }
.transcript .row { justify-content: flex-start; }
.rating { border-bottom: 0; background: var(--bg-2); }
.stars { display: flex; gap: 2px; }
.star { width: 40px; height: 40px; padding: 0; border: 0; border-radius: 10px; background: none; color: var(--text-2); display: grid; place-items: center; }
.star.on { color: var(--accent-text, var(--text)); }
.star.on path { fill: currentColor; }
.plain { min-height: 42px; border: 1px solid var(--text-2); border-radius: 10px; padding: 0 12px; background: none; }
textarea { resize: none; min-height: 42px; max-height: 130px; line-height: 1.4; display: block; }
.row .words { flex: 1; min-width: 0; }
.send { flex: none; min-width: 42px; min-height: 42px; border: 0; border-radius: 10px; padding: 0 12px; background: var(--accent); color: var(--on-accent); font-weight: 600; font-size: 15px; display: grid; place-items: center; }
.send svg { width: 20px; height: 20px; }
.form-away .row { flex-wrap: wrap; }
.form-away .words { flex-basis: 100%; order: -1; }
.form-away .send { flex: 1; }
.form-away textarea { min-height: 86px; }
.problem { margin: 0 4px; font-size: 13px; color: var(--bad); }
.sr { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 480px) {
  .root.open { inset: 0 !important; }
  .root.open .launcher { display: none; }
  .root.open .panel { position: fixed; inset: var(--top, 0) 0 auto 0; width: 100%; height: var(--height, 100dvh); border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .7; } }
@media (forced-colors: active) { .said, .launcher, .send { border: 1px solid; } }
`
