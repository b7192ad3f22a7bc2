"""The pictures of questions and scenarios: parts that files name, drawn as SVG and told in words."""
