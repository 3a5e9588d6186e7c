// House rules that oxlint doesn't have; loaded by .oxlintrc.json.

const isWidening = (type) => type.type === 'TSUnknownKeyword' || type.type === 'TSAnyKeyword';

const noDoubleAssertion = {
  create(context) {
    return {
      TSAsExpression(node) {
        const inner = node.expression;
        if (inner.type === 'TSAsExpression' && isWidening(inner.typeAnnotation)) {
          context.report({
            node,
            message: 'A double assertion silences the compiler: parse the value, or give the function the right type.',
          });
        }
      },
    };
  },
};

const noCurrentDate = {
  create(context) {
    return {
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
          context.report({ node, message: "Time comes through the port Clock, or is the store's." });
        }
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: { 'no-double-assertion': noDoubleAssertion, 'no-current-date': noCurrentDate },
};
