using System.Security.Cryptography.X509Certificates;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace Bot.Teams.Connector;

/// <summary>The bot's own token, from its home tenant; MSAL keeps it until shortly before it ends, and is asked once a minute instead of for each request.</summary>
public sealed class ConnectorToken
{
    public const string Client = "teams-login";

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMinutes(1);
    private readonly TimeProvider _clock;
    private readonly IConfidentialClientApplication _app;
    private readonly string[] _scopes;
    private volatile Held? _held;

    public ConnectorToken(TeamsOptions options, IHttpClientFactory clients, TimeProvider clock)
    {
        _clock = clock;
        var http = new LoginClients(clients);
        var app = ConfidentialClientApplicationBuilder.Create(options.AppId)
            .WithAuthority(new Uri(options.LoginUrl, options.TenantId), validateAuthority: false)
            // The operator named the authority; asking the public cloud whether it exists would fail in a sovereign one.
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(http, retryOnceOn5xx: false);
        _app = (options switch
        {
            { ManagedIdentityClientId: { } identity } => app.WithClientAssertion(Assertion(identity, Exchange(options.LoginUrl), http)),
            { CertificatePath: { } path } => app.WithCertificate(X509CertificateLoader.LoadPkcs12FromFile(path, options.CertificatePassword)),
            _ => app.WithClientSecret(options.ClientSecret),
        }).Build();
        _scopes = [$"https://{Audience(options.LoginUrl)}/.default"];
    }

    /// <param name="refused">A token that the connector did not take: it is dropped, if it is still the one that is kept.</param>
    /// <param name="ct">Ends the request.</param>
    /// <exception cref="MsalException">The login did not give one.</exception>
    /// <exception cref="HttpRequestException">The login is out of reach.</exception>
    public async Task<string> AskAsync(string? refused, CancellationToken ct)
    {
        if (_held is { } held && held.Token != refused && _clock.GetElapsedTime(held.Since) < BetweenQuestions)
        {
            return held.Token;
        }

        var kept = await _app.AcquireTokenForClient(_scopes).ExecuteAsync(ct);
        var good = kept.AccessToken != refused ? kept : await _app.AcquireTokenForClient(_scopes).WithForceRefresh(true).ExecuteAsync(ct);
        _held = new Held(good.AccessToken, _clock.GetTimestamp());
        return good.AccessToken;
    }

    /// <summary>Each cloud's connector has its own name in tokens ("Connect a bot to the Government / China cloud").</summary>
    internal static string Audience(Uri login) => login.Host.ToUpperInvariant() switch
    {
        "LOGIN.MICROSOFTONLINE.US" => "api.botframework.us",
        "LOGIN.PARTNER.MICROSOFTONLINE.CN" => "api.botframework.azure.cn",
        _ => "api.botframework.com",
    };

    /// <summary>What a managed identity's token must be for, to be exchanged for the app's ("Configure an app to trust a managed identity").</summary>
    private static string Exchange(Uri login) => login.Host.ToUpperInvariant() switch
    {
        "LOGIN.MICROSOFTONLINE.US" => "api://AzureADTokenExchangeUSGov",
        "LOGIN.PARTNER.MICROSOFTONLINE.CN" => "api://AzureADTokenExchangeChina",
        _ => "api://AzureADTokenExchange",
    };

    private static Func<AssertionRequestOptions, Task<string>> Assertion(string identity, string exchange, IMsalHttpClientFactory http)
    {
        var managed = ManagedIdentityApplicationBuilder.Create(ManagedIdentityId.WithUserAssignedClientId(identity)).WithHttpClientFactory(http, retryOnceOn5xx: false).Build();
        return async asked => (await managed.AcquireTokenForManagedIdentity(exchange).ExecuteAsync(asked.CancellationToken)).AccessToken;
    }

    private sealed record Held(string Token, long Since);

    private sealed class LoginClients(IHttpClientFactory clients) : IMsalHttpClientFactory
    {
        public HttpClient GetHttpClient() => clients.CreateClient(Client);
    }
}
