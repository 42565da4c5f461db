// The pieces of a request, sent through the API.
import { day } from "./days.mjs";
import { pdf } from "./pdf.mjs";

/** The form of a piece; its bytes are a real PDF unless given. */
export function pieceForm(code, bytes = pdf(`Piece ${code}`)) {
  const form = new FormData();
  form.append("code", code);
  form.append("proof_on", day(-1));
  form.append("valid_until", day(300));
  form.append("file", new Blob([bytes], { type: "application/pdf" }), `${code}.pdf`);
  return form;
}

/** The pieces that every request needs and that a person brings. */
export const wantedPieces = (pieces) => pieces.items.filter((piece) => piece.mandatory === "always" && !piece.made_from_form);

/** Sends every piece that the open draft needs but one. */
export async function sendOtherPieces(calls, token, sent) {
  const { body: drafts } = await calls.call(token, "agreement_request_list", { query: { state: "draft" } });
  const { body: pieces } = await calls.call(token, "agreement_piece_list");
  for (const { code } of wantedPieces(pieces).filter((piece) => piece.code !== sent)) {
    await calls.call(token, "agreement_request_add_piece", { path: { id: drafts.items[0].id }, form: pieceForm(code) });
  }
}
