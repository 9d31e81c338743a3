using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    private const string Localhost = "localhost";
    private readonly WebApplication _web;
    private readonly X509Certificate2 _certificate;

    private TeamsCloud(WebApplication web, X509Certificate2 certificate, TeamsApp app, TimeProvider clock)
    {
        (_web, _certificate) = (web, certificate);
        App = app;
        ServiceUrl = $"https://{Network.ServiceHost}/emea/{app.TenantId}/";
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
    public Uri Address => new(_web.Urls.Single(url => url.StartsWith("http:", StringComparison.Ordinal)));

    /// <summary>The login again, for a bot in a process of its own: MSAL sends a secret over https alone. To be trusted is <see cref="CertificatePem"/>.</summary>
    public Uri LoginAddress => new(_web.Urls.Single(url => url.StartsWith("https:", StringComparison.Ordinal)).Replace("127.0.0.1", Localhost, StringComparison.Ordinal));

    public string CertificatePem => _certificate.ExportCertificatePem();

    /// <summary>As the activities of this tenant name it. <see cref="Internet"/> leads to the real name; a bot that has no such line needs an address of this machine.</summary>
    public string ServiceUrl { get; set; }

    public static async Task<TeamsCloud> StartAsync(TeamsApp app, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = Certificate(clock);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, secured => secured.UseHttps(certificate));
        });
        var web = builder.Build();
        var cloud = new TeamsCloud(web, certificate, app, clock);
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
        _certificate.Dispose();
    }

    /// <summary>Its own issuer, good for this machine by name.</summary>
    private static X509Certificate2 Certificate(TimeProvider clock)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Localhost);
        var request = new CertificateRequest($"CN={Localhost}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(clock.GetUtcNow().AddYears(-1), clock.GetUtcNow().AddYears(1));
    }

    private static string Root(HttpRequest request) => request.Host.Host is "127.0.0.1" ? $"http://{request.Host}" : $"https://{request.Host}";
}
