using Microsoft.Extensions.Configuration;

namespace Bot.Teams;

/// <summary>What an operator set for Microsoft Teams, checked for halves.</summary>
public static class TeamsSettings
{
    private const string Section = "Teams";
    private static readonly string[] Credentials = ["ClientSecret", "CertificatePath", "ManagedIdentityClientId"];

    public static IReadOnlyList<string> Keys { get; } =
    [
        "Teams:AppId", "Teams:TenantId", "Teams:ClientSecret", "Teams:CertificatePath", "Teams:CertificatePassword", "Teams:ManagedIdentityClientId",
        "Teams:AllowedTenants", "Teams:OpenIdMetadataUrl", "Teams:LoginUrl", "Teams:AllowedServiceHosts", "Teams:Admins", "Teams:TargetedMessages", "Teams:AllowUnauthenticatedOnLoopback",
    ];

    /// <summary>Why the host must not start with this; empty when Teams is not set at all.</summary>
    public static IEnumerable<string> Refusals(IConfiguration configuration, bool isDevelopment)
    {
        var teams = configuration.GetSection(Section);
        return !IsSetAtAll(teams) ? [] : [.. Identity(teams), .. Credential(teams), .. Places(teams), .. Switches(configuration, teams, isDevelopment)];
    }

    /// <summary>Null when Teams is not set. Ask for <see cref="Refusals"/> first.</summary>
    public static TeamsOptions? Read(IConfiguration configuration)
    {
        var teams = configuration.GetSection(Section);
        return !IsSetAtAll(teams) ? null : new TeamsOptions
        {
            AppId = Value(teams, "AppId")!,
            TenantId = Value(teams, "TenantId")!,
            ClientSecret = Value(teams, "ClientSecret"),
            CertificatePath = Value(teams, "CertificatePath"),
            CertificatePassword = Value(teams, "CertificatePassword"),
            ManagedIdentityClientId = Value(teams, "ManagedIdentityClientId"),
            AllowedTenants = (Value(teams, "AllowedTenants") is { } tenants ? List(tenants) : [Value(teams, "TenantId")!]).ToHashSet(StringComparer.OrdinalIgnoreCase),
            OpenIdMetadataUrl = Address(Value(teams, "OpenIdMetadataUrl") ?? TeamsOptions.RealMetadata)!,
            LoginUrl = Address((Value(teams, "LoginUrl") ?? TeamsOptions.RealLogin).TrimEnd('/') + "/")!,
            AllowedServiceHosts = Value(teams, "AllowedServiceHosts") is { } hosts ? List(hosts) : TeamsOptions.RealServiceHosts,
            Admins = Value(teams, "Admins") is { } admins ? List(admins) : [],
            TargetedMessages = IsOn(teams, "TargetedMessages"),
            AllowUnauthenticatedOnLoopback = IsOn(teams, "AllowUnauthenticatedOnLoopback"),
        };
    }

    private static IEnumerable<string> Identity(IConfigurationSection teams)
    {
        foreach (var (key, where) in new[] { ("AppId", "the app registration's Overview page as Application (client) ID"), ("TenantId", "the same page as Directory (tenant) ID") })
        {
            if (Value(teams, key) is not { } id)
            {
                yield return $"Teams is set without Teams__{key}: set it, or remove every Teams__ key.";
            }
            else if (!Guid.TryParseExact(id, "D", out _))
            {
                yield return $"Teams__{key} is not an id like 00000000-0000-0000-0000-000000000000: copy it from {where}.";
            }
        }

        if (Value(teams, "AllowedTenants") is { } tenants && (List(tenants) is [] || List(tenants).Any(t => !Guid.TryParseExact(t, "D", out _))))
        {
            yield return "Teams__AllowedTenants is not a list of tenant ids with commas between them: leave it unset to let in the home tenant alone.";
        }
    }

    private static IEnumerable<string> Credential(IConfigurationSection teams)
    {
        var set = Credentials.Where(key => Value(teams, key) is not null).ToList();
        if (set.Count == 0)
        {
            yield return "Teams is set without a way to prove who it is: set Teams__ClientSecret, or Teams__CertificatePath, or Teams__ManagedIdentityClientId.";
        }
        else if (set.Count > 1)
        {
            yield return $"{string.Join(" and ", set.Select(key => "Teams__" + key))} are both set: keep one.";
        }

        if (Value(teams, "CertificatePassword") is not null && Value(teams, "CertificatePath") is null)
        {
            yield return "Teams__CertificatePassword is set without Teams__CertificatePath: set Teams__CertificatePath, or remove Teams__CertificatePassword.";
        }

        if (Value(teams, "CertificatePath") is { } path && !File.Exists(path))
        {
            yield return "Teams__CertificatePath names no file that can be read: set it to a PKCS #12 file (.pfx or .p12).";
        }
    }

    private static IEnumerable<string> Places(IConfigurationSection teams)
    {
        if (Value(teams, "OpenIdMetadataUrl") is { } metadata && Address(metadata) is null)
        {
            yield return "Teams__OpenIdMetadataUrl is not an https address, or http on this machine: leave it unset for the public cloud.";
        }

        // Without https MSAL sends no secret anywhere, not on this machine either.
        if (Value(teams, "LoginUrl") is { } login && Address(login) is not { Scheme: "https" })
        {
            yield return "Teams__LoginUrl is not an https address: leave it unset for the public cloud.";
        }

        if (Value(teams, "AllowedServiceHosts") is { } hosts && (List(hosts) is [] || List(hosts).Any(h => !IsHost(h))))
        {
            yield return "Teams__AllowedServiceHosts is not a list of host names with commas between them, each a name or *. and a domain of two parts or more: leave it unset for Microsoft's.";
        }
    }

    private static IEnumerable<string> Switches(IConfiguration configuration, IConfigurationSection teams, bool isDevelopment)
    {
        foreach (var key in new[] { "TargetedMessages", "AllowUnauthenticatedOnLoopback" })
        {
            if (Value(teams, key) is { } text && !bool.TryParse(text, out _))
            {
                yield return $"Teams__{key} is neither true nor false.";
            }
        }

        if (IsOn(teams, "AllowUnauthenticatedOnLoopback") && !(isDevelopment && ListensOnLoopback(configuration)))
        {
            yield return "Teams__AllowUnauthenticatedOnLoopback lets in whoever can reach this host: it works in Development and on localhost addresses only. Remove it.";
        }
    }

    /// <summary>By any of the ways in which a host is told where to listen; told nothing it listens on localhost.</summary>
    private static bool ListensOnLoopback(IConfiguration configuration) =>
        !configuration.GetSection("Kestrel:Endpoints").Exists()
        && string.IsNullOrEmpty(configuration["http_ports"]) && string.IsNullOrEmpty(configuration["https_ports"])
        && (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .All(url => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback);

    private static bool IsHost(string text)
    {
        var host = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown && (ReferenceEquals(host, text) || host.Contains('.', StringComparison.Ordinal));
    }

    private static Uri? Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) ? address : null;

    private static string[] List(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsOn(IConfigurationSection teams, string key) => bool.TryParse(Value(teams, key), out var on) && on;

    private static bool IsSetAtAll(IConfigurationSection teams) => teams.GetChildren().Any(key => !string.IsNullOrWhiteSpace(key.Value));

    private static string? Value(IConfigurationSection teams, string key) => string.IsNullOrWhiteSpace(teams[key]) ? null : teams[key]!.Trim();
}
