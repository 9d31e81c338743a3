namespace Bot.Teams.Addresses;

/// <summary>Who may administer. Teams tells a bot of no rights in the tenant, so the operator names them.</summary>
public sealed class Admins(TeamsOptions options)
{
    private readonly HashSet<string> _named = new(options.Admins, StringComparer.OrdinalIgnoreCase);
    private readonly bool _byName = options.Admins.Any(named => named.Contains('@', StringComparison.Ordinal));

    /// <summary>Null while it cannot be told: some are named by principal name, and this person's is not known yet.</summary>
    public bool? Has(string? aadObjectId, string? principalName) =>
        (aadObjectId is not null && _named.Contains(aadObjectId)) || (principalName is not null && _named.Contains(principalName)) ? true
            : principalName is null && _byName ? null
            : false;
}
