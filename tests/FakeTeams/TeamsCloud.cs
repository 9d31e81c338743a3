using System.Net;
using FakeTeams.Connector;
using FakeTeams.Issuer;
using FakeTeams.Login;
using FakeTeams.Talk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FakeTeams;

/// <summary>
/// Teams and the login beside it, on this machine: a tenant with people and conversations, a connector, tokens in both directions. What the
/// documentation says is refused is refused. Time is the given clock's.
/// </summary>
public sealed class TeamsCloud : IAsyncDisposable
{
    private readonly WebApplication _web;

    private TeamsCloud(WebApplication web, TeamsApp app, TimeProvider clock)
    {
        _web = web;
        App = app;
        Tenant = new Tenant(app.TenantId);
        Issuer = new ConnectorIssuer(clock);
        Login = new EntraLogin(app, clock);
        Connector = new ConnectorEndpoint(app, Tenant, Login, clock);
    }

    public TeamsApp App { get; }

    public Tenant Tenant { get; }

    public ConnectorIssuer Issuer { get; }

    public EntraLogin Login { get; }

    public ConnectorEndpoint Connector { get; }

    /// <summary>Where all of it listens.</summary>
    public Uri Address => new(_web.Urls.Single());

    /// <summary>As the activities of this tenant name it; <see cref="Internet"/> leads there.</summary>
    public string ServiceUrl => $"https://{Network.ServiceHost}/emea/{App.TenantId}/";

    public static async Task<TeamsCloud> StartAsync(TeamsApp app, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        var cloud = new TeamsCloud(web, app, clock);
        web.MapGet(ConnectorIssuer.MetadataPath, (HttpRequest request) => cloud.Issuer.Metadata(Root(request)));
        web.MapGet(ConnectorIssuer.KeysPath, () => cloud.Issuer.Keys());
        web.MapPost("/{tenant}/oauth2/v2.0/token", (string tenant, HttpRequest request) => cloud.Login.TokenAsync(tenant, request));
        web.MapGet("/metadata/identity/oauth2/token", (HttpRequest request) => cloud.Login.Identity(request));
        web.MapFallback(cloud.Connector.HandleAsync);
        await web.StartAsync();
        return cloud;
    }

    /// <summary>The internet as the bot sees it: the real names of Microsoft's hosts, and nobody else.</summary>
    public HttpMessageHandler Internet() => new Network(Address);

    public async ValueTask DisposeAsync()
    {
        Connector.GoOn();
        await _web.DisposeAsync();
        Issuer.Dispose();
    }

    private static string Root(HttpRequest request) => request.Host.Host is "127.0.0.1" ? $"http://{request.Host}" : $"https://{request.Host}";
}
