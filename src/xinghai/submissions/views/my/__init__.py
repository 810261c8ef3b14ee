"""The applicant's screens, one module per thing a person does."""
