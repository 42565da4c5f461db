// The pages that the browser tests visit. `role` is the demonstration account that sees the page; none for
// public pages. `open` names a control to press before looking: a menu, a dialog.
export const PAGES = [
  { path: "/connexion" },
  { path: "/une-page-qui-n-existe-pas", status: 404 },
  { path: "/accueil", role: "officer" },
  { path: "/agrements", role: "officer" },
  { path: "/journal", role: "manager" },
  { path: "/accueil", role: "officer", open: "[popovertarget=compte]" },
  { path: "/compte", role: "officer" },
  { path: "/compte/securite", role: "officer" },
  { path: "/accueil", role: "structure" },
  { path: "/accueil", role: "expert" },
  { path: "/intervenants/INT-0001/independance", role: "manager" },
  { path: "/intervenants/INT-0001/independance", role: "expert" },
  { path: "/structures/999932916/liens", role: "officer" },
];

export const nameOf = ({ path, role, open }) =>
  [path, role && `as ${role}`, open && "menu open"].filter(Boolean).join(", ");

export const fileOf = ({ path, role, open }) =>
  [path.replaceAll(/[^a-z0-9-]+/gi, "_").replace(/^_/, "") || "racine", role, open && "menu"].filter(Boolean).join("-");
