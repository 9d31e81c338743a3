namespace Bot.Teams.Addresses.Store;

/// <summary>Somebody who wrote to the bot or is in a conversation with it.</summary>
public sealed class KnownPerson
{
    public required string TenantId { get; init; }

    /// <summary>As this bot knows them, <c>29:...</c>: what the connector wants to be told.</summary>
    public required string UserId { get; init; }

    /// <summary>As the tenant knows them, whatever the bot; null for whom it has no account.</summary>
    public string? AadObjectId { get; set; }
    public string? Name { get; set; }
    public string? PrincipalName { get; set; }

    /// <summary>IANA name; only activities tell it, rosters do not.</summary>
    public string? TimeZone { get; set; }
    public string? Locale { get; set; }

    /// <summary>Their personal chat with the bot; null until opened.</summary>
    public string? ChatId { get; set; }

    /// <summary>A conversation that they were last met in: its roster can be asked about them.</summary>
    public required string MetIn { get; set; }
    public required DateTimeOffset SeenAt { get; set; }
}
