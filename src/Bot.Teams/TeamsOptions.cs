namespace Bot.Teams;

/// <summary>What an operator set for Microsoft Teams, parsed; <see cref="TeamsSettings"/> has refused what cannot run.</summary>
public sealed record TeamsOptions
{
    /// <summary>The Bot Connector's, for everybody but the sovereign clouds.</summary>
    public const string RealMetadata = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    public const string RealLogin = "https://login.microsoftonline.com/";

    /// <summary>Where the Bot Connector answers in the public cloud and in those of governments.</summary>
    public static IReadOnlyList<string> RealServiceHosts { get; } = ["smba.trafficmanager.net", "*.botframework.com", "*.teams.microsoft.com", "*.teams.microsoft.us"];

    /// <summary>The app registration's client id, and so the audience of every token that reaches us.</summary>
    public required string AppId { get; init; }

    /// <summary>The home tenant: tokens to speak with come from it.</summary>
    public required string TenantId { get; init; }

    /// <summary>One of this, <see cref="CertificatePath"/> and <see cref="ManagedIdentityClientId"/> is set.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>A PKCS #12 file.</summary>
    public string? CertificatePath { get; init; }

    public string? CertificatePassword { get; init; }

    /// <summary>A user-assigned managed identity that the app registration trusts as a federated credential.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>Tenants that may talk to the bot; anything from another one is refused.</summary>
    public required IReadOnlySet<string> AllowedTenants { get; init; }

    public Uri OpenIdMetadataUrl { get; init; } = new(RealMetadata);

    /// <summary>Ends with a slash; the tenant is appended.</summary>
    public Uri LoginUrl { get; init; } = new(RealLogin);

    /// <summary>Host names, or <c>*.</c> before a domain for all below it: an activity says where to answer, and our token goes there.</summary>
    public IReadOnlyList<string> AllowedServiceHosts { get; init; } = RealServiceHosts;

    /// <summary>Who may administer: Entra object ids or user principal names. Teams tells a bot of no rights.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>Private answers in channels and group chats, and slash commands; needs the app manifest 1.29.</summary>
    public bool TargetedMessages { get; init; }

    /// <summary>Takes activities without a token from this machine, for the Agents Playground; in Development only.</summary>
    public bool AllowUnauthenticatedOnLoopback { get; init; }

    /// <summary>Whether our token may be sent there.</summary>
    public bool AllowsService(Uri address) =>
        (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback))
        && address.UserInfo.Length == 0
        && AllowedServiceHosts.Any(allowed => allowed.StartsWith("*.", StringComparison.Ordinal)
            ? address.IdnHost.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase)
            : address.IdnHost.Equals(allowed, StringComparison.OrdinalIgnoreCase));
}
