namespace FakeTeams;

/// <summary>Leads the hosts that a bot speaks with to this machine, by their real names; other names are not known.</summary>
internal sealed class Network(Uri here) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    public const string ServiceHost = "smba.trafficmanager.net";

    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ServiceHost, "login.microsoftonline.com", "login.botframework.com", "169.254.169.254",
    };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } address || !(Known.Contains(address.Host) || address.Authority == here.Authority))
        {
            throw new HttpRequestException(HttpRequestError.NameResolutionError, $"Nobody is called {request.RequestUri?.Host} here.");
        }

        request.Headers.Host = address.Authority;
        request.RequestUri = new Uri(here, address.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
