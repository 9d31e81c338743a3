namespace FakeTeams.Issuer;

/// <summary>Which of the issuer's keys signs.</summary>
public enum SigningKey
{
    /// <summary>Published, and endorsed for <c>msteams</c>.</summary>
    Endorsed,

    /// <summary>Published, and endorsed for another channel alone.</summary>
    OtherChannel,

    /// <summary>Not among the published ones.</summary>
    Unpublished,
}

/// <summary>A token such as the connector sends with an activity; what differs from a valid one is said.</summary>
/// <param name="Audience">The bot's app id.</param>
/// <param name="ServiceUrl">As in the activity; null leaves the claim out.</param>
public sealed record TokenWish(string Audience, string? ServiceUrl)
{
    public string Issuer { get; init; } = ConnectorIssuer.Name;

    /// <summary>How long ago it ended; negative while it is valid.</summary>
    public TimeSpan EndedAgo { get; init; } = TimeSpan.FromHours(-1);

    /// <summary>How long until it begins.</summary>
    public TimeSpan BeginsIn { get; init; } = TimeSpan.FromMinutes(-1);

    public SigningKey Key { get; init; } = SigningKey.Endorsed;

    /// <summary><c>RS256</c>; <c>none</c> has no signature, <c>HS256</c> takes the public key for a shared secret.</summary>
    public string Algorithm { get; init; } = "RS256";
}
