using System.Text.Json;
using Bot.Teams.Connector;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Bot.Teams.Inbound;

/// <summary>
/// Whether a request is the Bot Connector's ("Authenticate requests from the Bot Connector service to your bot"): a token it signed, for this
/// bot, of now. What the token says of the activity is compared afterwards, by <see cref="TokenCheck.Genuine.VouchesFor"/>.
/// </summary>
internal sealed partial class CheckToken(SigningKeys keys, TeamsOptions options, TimeProvider clock, ILogger<CheckToken> log)
{
    private const string Scheme = "Bearer ";
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private readonly JsonWebTokenHandler _tokens = new();

    public async Task<TokenCheck> CheckAsync(string authorization, CancellationToken ct)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new TokenCheck.Refused();
        }

        var token = authorization[Scheme.Length..].Trim();
        if (await keys.CurrentAsync(ct) is not { } known)
        {
            return new TokenCheck.NotNow();
        }

        var result = await _tokens.ValidateTokenAsync(token, Demands(known));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await keys.OthersAsync(known, ct) is { } others)
        {
            known = others;
            result = await _tokens.ValidateTokenAsync(token, Demands(known));
        }

        if (!result.IsValid)
        {
            var why = result.Exception?.GetType().Name;
            LogRefused(why);
            return new TokenCheck.Refused();
        }

        var genuine = (JsonWebToken)result.SecurityToken;
        return genuine.TryGetPayloadValue<string>("serviceurl", out var serviceUrl) && !string.IsNullOrEmpty(serviceUrl)
            ? new TokenCheck.Genuine(serviceUrl, Endorsements(known, genuine.Kid))
            : new TokenCheck.Refused();
    }

    private TokenValidationParameters Demands(OpenIdConnectConfiguration known) => new()
    {
        ValidIssuer = "https://" + ConnectorToken.Audience(options.LoginUrl),
        ValidAudience = options.AppId,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        IssuerSigningKeys = known.SigningKeys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        LifetimeValidator = IsOfNow,
    };

    /// <summary>By the product's clock instead of the machine's.</summary>
    private bool IsOfNow(DateTime? notBefore, DateTime? expires, SecurityToken token, TokenValidationParameters demands)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return expires is { } end && end > now - Skew && (notBefore is not { } begin || begin < now + Skew);
    }

    /// <summary>Each key says for which channels it may sign.</summary>
    private static HashSet<string> Endorsements(OpenIdConnectConfiguration known, string keyId) =>
        known.JsonWebKeySet.Keys.FirstOrDefault(k => k.Kid == keyId) is { } key
        && key.AdditionalData.TryGetValue("endorsements", out var said) && said is JsonElement { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];

    [LoggerMessage(Level = LogLevel.Information, Message = "Refused a token of an activity: {Why}")]
    private partial void LogRefused(string? why);
}

/// <summary>How the check of a token ended.</summary>
internal abstract record TokenCheck
{
    private TokenCheck()
    {
    }

    /// <summary>The Bot Connector made it, for us, and it is of now.</summary>
    public sealed record Genuine(string ServiceUrl, IReadOnlySet<string> Endorsements) : TokenCheck
    {
        /// <summary>Whether it was made for an activity of this channel that is to be answered at this address.</summary>
        public bool VouchesFor(string channel, string serviceUrl) =>
            Endorsements.Contains(channel) && ServiceUrl.TrimEnd('/').Equals(serviceUrl.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }

    public sealed record Refused : TokenCheck;

    /// <summary>The keys cannot be read: the connector is to send it again.</summary>
    public sealed record NotNow : TokenCheck;
}
