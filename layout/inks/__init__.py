"""What a press can print: profiles of printing conditions, limits of ink and of resolution."""
