using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
    private const int MostRemembered = 1_000;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private readonly JsonWebTokenHandler _tokens = new();

    /// <summary>Those found good, by the keys they were held against: the connector sends one again for an hour, and all that can change of it is its time.</summary>
    private readonly ConditionalWeakTable<OpenIdConnectConfiguration, ConcurrentDictionary<string, Known>> _good = [];

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

        if (_good.GetOrCreateValue(known).TryGetValue(token, out var again))
        {
            return IsOfNow(again.Begins, again.Ends) ? again.Token : Refused(nameof(SecurityTokenInvalidLifetimeException));
        }

        var result = await _tokens.ValidateTokenAsync(token, Demands(known));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && await keys.OthersAsync(known, ct) is { } others)
        {
            known = others;
            result = await _tokens.ValidateTokenAsync(token, Demands(known));
        }

        if (!result.IsValid)
        {
            return Refused(result.Exception?.GetType().Name);
        }

        var genuine = (JsonWebToken)result.SecurityToken;
        if (!genuine.TryGetPayloadValue<string>("serviceurl", out var serviceUrl) || string.IsNullOrEmpty(serviceUrl))
        {
            return Refused("no serviceurl");
        }

        var check = new TokenCheck.Genuine(serviceUrl, Endorsements(known, genuine.Kid));
        Remember(_good.GetOrCreateValue(known), token, new Known(check, genuine.ValidFrom, genuine.ValidTo));
        return check;
    }

    private static void Remember(ConcurrentDictionary<string, Known> good, string token, Known known)
    {
        if (good.Count >= MostRemembered)
        {
            good.Clear();
        }

        good[token] = known;
    }

    private TokenCheck.Refused Refused(string? why)
    {
        LogRefused(why);
        return new TokenCheck.Refused();
    }

    private TokenValidationParameters Demands(OpenIdConnectConfiguration known) => new()
    {
        ValidIssuer = "https://" + ConnectorToken.Audience(options.LoginUrl),
        ValidAudience = options.AppId,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        IssuerSigningKeys = known.SigningKeys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        LifetimeValidator = (begins, ends, _, _) => IsOfNow(begins, ends),
    };

    /// <summary>By the product's clock instead of the machine's.</summary>
    private bool IsOfNow(DateTime? begins, DateTime? ends)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return ends > now - Skew && (begins is not { } begin || begin < now + Skew);
    }

    /// <summary>Each key says for which channels it may sign.</summary>
    private static HashSet<string> Endorsements(OpenIdConnectConfiguration known, string keyId) =>
        known.JsonWebKeySet.Keys.FirstOrDefault(k => k.Kid == keyId) is { } key
        && key.AdditionalData.TryGetValue("endorsements", out var said) && said is JsonElement { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!).ToHashSet(StringComparer.Ordinal)
            : [];

    /// <param name="Begins">The earliest time there is where the token does not say.</param>
    private sealed record Known(TokenCheck.Genuine Token, DateTime Begins, DateTime Ends);

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
