// What nodes say of themselves, and their names, by which Python speaks of them.

// A field may have the name of a property of its form, which the form itself then gives in place of
// the property. So whatever may be asked of a form is read by the prototype.
const reader = (prototype, name) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name);
  return (node) => get.call(node);
};
const asker = (prototype, name) => {
  const { value } = Object.getOwnPropertyDescriptor(prototype, name);
  return (node, what) => value.call(node, what);
};
const parentOf = reader(Node.prototype, "parentElement");
const childNodesOf = reader(Node.prototype, "childNodes");
const contentOf = reader(Node.prototype, "textContent");
const rootOf = asker(Node.prototype, "getRootNode");
const tagOf = reader(Element.prototype, "tagName");
const idOf = reader(Element.prototype, "id");
const shadowOf = reader(Element.prototype, "shadowRoot");
const slotOf = reader(Element.prototype, "assignedSlot");
const childrenOf = reader(Element.prototype, "children");
const childCountOf = reader(Element.prototype, "childElementCount");
const scrollTopOf = reader(Element.prototype, "scrollTop");
const scrollHeightOf = reader(Element.prototype, "scrollHeight");
const clientHeightOf = reader(Element.prototype, "clientHeight");
const attributeOf = asker(Element.prototype, "getAttribute");
const hasAttribute = asker(Element.prototype, "hasAttribute");
const matches = asker(Element.prototype, "matches");
const closest = asker(Element.prototype, "closest");
const firstIn = asker(Element.prototype, "querySelector");
const allIn = asker(Element.prototype, "querySelectorAll");
const boundsOf = asker(Element.prototype, "getBoundingClientRect");


const names = new WeakMap();
const nodes = new Map();
let last = 0;
const nameOf = (element) => {
  let name = names.get(element);
  if (name === undefined) {
    names.set(element, (name = last += 1));
    nodes.set(name, new WeakRef(element));
  }
  return name;
};
const nodeOf = (name) => nodes.get(name)?.deref();
