"""What notebooks say about what they computed: sentences with n, unit and interval, and the words around figures."""
